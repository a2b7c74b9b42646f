# Jobs of the manifests: processes for one piece of work each. The image holds each module's own class path beside that of the services.

resource "google_cloud_run_v2_job" "this" {
  for_each = local.jobs

  name                = each.key
  location            = var.region
  deletion_protection = false # It holds no state.

  template {
    template {
      service_account = google_service_account.module[each.value.module].email
      timeout         = "${each.value.timeout}s"
      max_retries     = 0 # Whoever starts it knows when to try again.

      vpc_access {
        egress = "PRIVATE_RANGES_ONLY"
        network_interfaces {
          network    = google_compute_network.this.id
          subnetwork = google_compute_subnetwork.services.id
        }
      }

      containers {
        image   = var.image
        command = ["java"]
        args = [
          "-XX:MaxRAM=1g",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-cp",
          "jobs/${each.value.module}/lib/*",
          each.value.class,
        ]

        resources {
          limits = { cpu = tostring(each.value.cpu), memory = each.value.memory }
        }

        dynamic "env" {
          for_each = merge({ GOOGLE_CLOUD_PROJECT = var.project }, local.bucket_settings, var.settings)
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
  }

  depends_on = [
    google_secret_manager_secret_iam_member.redis_url,
    google_secret_manager_secret_iam_member.given,
  ]
}
