# One Cloud Run service per entry point, all from one image.

resource "google_cloud_run_v2_service" "function" {
  for_each = local.entries

  name                = each.key
  location            = var.region
  deletion_protection = false # It holds no state.
  ingress = (
    contains(keys(local.internal), each.key) ? "INGRESS_TRAFFIC_INTERNAL_ONLY" :
    var.direct_calls ? "INGRESS_TRAFFIC_ALL" : "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  )

  template {
    service_account                  = google_service_account.module[each.value.module].email
    timeout                          = "${each.value.timeout}s"
    max_instance_request_concurrency = each.value.concurrency

    scaling {
      min_instance_count = each.value.minInstances
      max_instance_count = each.value.maxInstances
    }

    # Redis is reached over the network; Google's APIs are not.
    vpc_access {
      egress = "PRIVATE_RANGES_ONLY"
      network_interfaces {
        network    = google_compute_network.this.id
        subnetwork = google_compute_subnetwork.services.id
      }
    }

    containers {
      image = var.image
      # What the image ends with, after what overrides image/jvm.args.
      args = concat(each.value.jit == "c2" ? ["-XX:TieredStopAtLevel=4"] : [], ["dev.fireside.runtime.Main"])

      ports {
        container_port = 8080
      }

      resources {
        limits            = { cpu = tostring(each.value.cpu), memory = each.value.memory }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      # Asked often, so that a cold start waits for Java and not for the probe.
      startup_probe {
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 60
        http_get {
          path = "/health"
        }
      }

      dynamic "env" {
        for_each = merge({
          GOOGLE_CLOUD_PROJECT = var.project
          FUNCTION_TARGET      = each.key
          JOBS_REGION          = var.region
          CORS_ORIGINS         = join(",", var.cors_origins)
          # The load balancer appends two entries to X-Forwarded-For, Cloud Run by itself one.
          TRUSTED_PROXY_HOPS = var.direct_calls ? "1" : "2"
        }, local.bucket_settings, length(var.realtime_database_urls) == 0 ? {} : { FIREBASE_DATABASE_URLS = join(",", var.realtime_database_urls) }, var.settings)
        content {
          name  = env.key
          value = env.value
        }
      }

      env {
        name = "REDIS_URL"
        value_source {
          secret_key_ref {
            secret  = google_secret_manager_secret.redis_url.secret_id
            version = google_secret_manager_secret_version.redis_url.version
          }
        }
      }

      dynamic "env" {
        for_each = each.value.secrets
        content {
          name = env.value
          value_source {
            secret_key_ref {
              secret  = env.value
              version = "latest"
            }
          }
        }
      }
    }
  }

  depends_on = [
    google_secret_manager_secret_iam_member.redis_url,
    google_secret_manager_secret_iam_member.given,
  ]
}

# Firebase ID tokens, roles and limits are checked by the functions themselves.
resource "google_cloud_run_v2_service_iam_member" "anyone" {
  for_each = local.http

  name     = google_cloud_run_v2_service.function[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_cloud_run_v2_service_iam_member" "invoker" {
  for_each = local.internal

  name     = google_cloud_run_v2_service.function[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  member   = google_service_account.invoker.member
}
