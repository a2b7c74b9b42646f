# Firestore, which is the truth, Redis, which is derived from it, and the buckets.

locals {
  # The file that `firebase deploy` and the emulator read.
  firestore = jsondecode(file("${path.module}/../firestore.indexes.json"))

  indexes = {
    for index in local.firestore.indexes :
    join(" ", concat(
      [index.collectionGroup, index.queryScope],
      [for field in index.fields : "${field.fieldPath} ${try(field.order, field.arrayConfig)}"],
    )) => index
  }

  fields = { for field in local.firestore.fieldOverrides : "${field.collectionGroup} ${field.fieldPath}" => field }
}

locals {
  # What is left of an upload after so many days was never used, or is in `media` in all its renditions.
  upload_days_max = 30

  # By the name that triggers give them; names of buckets are the world's, so they carry the project's.
  buckets = {
    uploads = { methods = ["PUT"], headers = ["Content-Range", "Content-Type", "Range", "X-Goog-Hash", "X-GUploader-UploadID"] }
    media   = { methods = ["GET", "HEAD"], headers = ["Content-Length", "Content-Range", "Content-Type", "ETag", "Range"] }
  }
}

locals {
  # What every process is told of them.
  bucket_settings = {
    MEDIA_UPLOAD_BUCKET = google_storage_bucket.this["uploads"].name
    MEDIA_BUCKET        = google_storage_bucket.this["media"].name
  }
}

# Nobody reads them but by the accounts of functions, or what these sign.
resource "google_storage_bucket" "this" {
  for_each = local.buckets

  name                        = "${var.project}-${each.key}"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  # A session of an upload answers pages of the origin that it was opened for.
  dynamic "cors" {
    for_each = length(var.cors_origins) == 0 ? [] : [true]
    content {
      origin          = var.cors_origins
      method          = each.value.methods
      response_header = each.value.headers
      max_age_seconds = 3600
    }
  }

  dynamic "lifecycle_rule" {
    for_each = each.key == "uploads" ? [true] : []
    content {
      action {
        type = "Delete"
      }
      condition {
        age = local.upload_days_max
      }
    }
  }

  # What people delete is gone at once; what is served can be brought back for a week.
  soft_delete_policy {
    retention_duration_seconds = each.key == "uploads" ? 0 : 604800
  }
}

resource "google_firestore_database" "this" {
  name                              = "(default)"
  location_id                       = var.firestore_location
  type                              = "FIRESTORE_NATIVE"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED" # Any minute of the last 7 days.
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"
}

resource "google_firestore_backup_schedule" "daily" {
  database  = google_firestore_database.this.name
  retention = "1209600s" # 14 days.

  daily_recurrence {}
}

resource "google_firestore_index" "this" {
  for_each = local.indexes

  database    = google_firestore_database.this.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path   = fields.value.fieldPath
      order        = try(fields.value.order, null)
      array_config = try(fields.value.arrayConfig, null)
    }
  }
}

resource "google_firestore_field" "this" {
  for_each = local.fields

  database   = google_firestore_database.this.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  dynamic "ttl_config" {
    for_each = try(each.value.ttl, false) ? [true] : []
    content {}
  }

  # Without entries: exempt from every index.
  index_config {
    dynamic "indexes" {
      for_each = each.value.indexes
      content {
        order        = try(indexes.value.order, null)
        array_config = try(indexes.value.arrayConfig, null)
        query_scope  = try(indexes.value.queryScope, "COLLECTION")
      }
    }
  }
}

resource "google_firebaserules_ruleset" "firestore" {
  source {
    files {
      name    = "firestore.rules"
      content = file("${path.module}/../firestore.rules")
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_firebaserules_release" "firestore" {
  name         = "cloud.firestore"
  ruleset_name = google_firebaserules_ruleset.firestore.name

  depends_on = [google_firestore_database.this]
}

resource "google_compute_network" "this" {
  name                    = "fireside"
  auto_create_subnetworks = false
}

# An address per instance of each service, twice that while a new revision comes up.
resource "google_compute_subnetwork" "services" {
  name                     = "fireside-services"
  region                   = var.region
  network                  = google_compute_network.this.id
  ip_cidr_range            = "10.8.0.0/18"
  private_ip_google_access = true
}

# Memorystore for Redis and not for Valkey, whose only passwords are IAM tokens of an hour: REDIS_URL
# holds one password. Not over TLS: README.md says why.
resource "google_redis_instance" "this" {
  name                = "fireside"
  region              = var.region
  tier                = var.redis_tier
  memory_size_gb      = var.redis_memory_gb
  redis_version       = "REDIS_7_2"
  auth_enabled        = true
  authorized_network  = google_compute_network.this.id
  deletion_protection = false # Everything in it can be derived again.
  # Ranks have no end of life, so that they are never evicted: a board would be rebuilt again and again.
  redis_configs = { maxmemory-policy = "volatile-lru" }
}

resource "google_secret_manager_secret" "redis_url" {
  secret_id           = "fireside-redis-url"
  deletion_protection = false

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "redis_url" {
  secret      = google_secret_manager_secret.redis_url.id
  secret_data = "redis://:${google_redis_instance.this.auth_string}@${google_redis_instance.this.host}:${google_redis_instance.this.port}"
}
