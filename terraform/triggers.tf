# What calls the internal services: Firestore, Firebase Auth, the Realtime Database, Cloud Storage, Pub/Sub and the clock.

locals {
  # Pub/Sub's own account moves what nobody could handle to the dead letters.
  pubsub_agent = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  # Pub/Sub waits 10 s to 600 s between them: about 16 hours in all, of the 24 that it keeps a message.
  delivery_attempts_max = 100

  # Eventarc makes them. Only the tests' mock makes none.
  subscriptions = {
    for name, trigger in merge(google_eventarc_trigger.document, google_eventarc_trigger.account, google_eventarc_trigger.ref, google_eventarc_trigger.object, google_eventarc_trigger.message) :
    name => try(trigger.transport[0].pubsub[0].subscription, "none")
  }
}

resource "google_eventarc_trigger" "document" {
  for_each = local.documents

  name                    = each.key
  location                = var.firestore_location
  service_account         = google_service_account.invoker.email
  event_data_content_type = "application/protobuf"

  matching_criteria {
    attribute = "type"
    value     = "google.cloud.firestore.document.v1.${each.value.document.event}"
  }
  matching_criteria {
    attribute = "database"
    value     = google_firestore_database.this.name
  }
  matching_criteria {
    attribute = "document"
    operator  = "match-path-pattern"
    value     = each.value.document.document
  }

  destination {
    cloud_run_service {
      service = google_cloud_run_v2_service.function[each.key].name
      region  = var.region
    }
  }

  depends_on = [google_project_iam_member.invoker, google_cloud_run_v2_service_iam_member.invoker]
}

resource "google_eventarc_trigger" "account" {
  for_each = local.accounts

  name            = each.key
  location        = "global" # Where Firebase Auth is, wherever the function is.
  service_account = google_service_account.invoker.email

  matching_criteria {
    attribute = "type"
    value     = "google.firebase.auth.user.v2.${each.value.account}"
  }

  destination {
    cloud_run_service {
      service = google_cloud_run_v2_service.function[each.key].name
      region  = var.region
    }
  }

  depends_on = [google_project_iam_member.invoker, google_cloud_run_v2_service_iam_member.invoker]
}

# Without a Realtime Database there is nothing to hear of.
resource "google_eventarc_trigger" "ref" {
  for_each = length(var.realtime_database_urls) == 0 ? {} : local.refs

  name                    = each.key
  location                = var.region
  service_account         = google_service_account.invoker.email
  event_data_content_type = "application/json"

  matching_criteria {
    attribute = "type"
    value     = "google.firebase.database.ref.v1.${each.value.ref.event}"
  }
  matching_criteria {
    attribute = "instance"
    operator  = "match-path-pattern"
    value     = try(each.value.ref.instance, "*")
  }
  matching_criteria {
    attribute = "ref"
    operator  = "match-path-pattern"
    value     = each.value.ref.ref
  }

  destination {
    cloud_run_service {
      service = google_cloud_run_v2_service.function[each.key].name
      region  = var.region
    }
  }

  lifecycle {
    precondition {
      condition     = alltrue([for location in local.realtime_locations : location == var.region])
      error_message = "The Realtime Databases must be where the functions are: `region`."
    }
  }

  depends_on = [google_project_iam_member.invoker, google_cloud_run_v2_service_iam_member.invoker]
}

# Cloud Storage's own account publishes what happens to objects.
data "google_storage_project_service_account" "this" {}

resource "google_project_iam_member" "storage_agent" {
  project = var.project
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:${data.google_storage_project_service_account.this.email_address}"
}

resource "google_eventarc_trigger" "object" {
  for_each = local.objects

  name                    = each.key
  location                = lower(google_storage_bucket.this[each.value.object.bucket].location)
  service_account         = google_service_account.invoker.email
  event_data_content_type = "application/json"

  matching_criteria {
    attribute = "type"
    value     = "google.cloud.storage.object.v1.${each.value.object.event}"
  }
  matching_criteria {
    attribute = "bucket"
    value     = google_storage_bucket.this[each.value.object.bucket].name
  }

  destination {
    cloud_run_service {
      service = google_cloud_run_v2_service.function[each.key].name
      region  = var.region
    }
  }

  depends_on = [google_project_iam_member.invoker, google_project_iam_member.storage_agent, google_cloud_run_v2_service_iam_member.invoker]
}

resource "google_pubsub_topic" "function" {
  for_each = local.topics

  name = each.key
}

resource "google_eventarc_trigger" "message" {
  for_each = local.messages

  name            = each.key
  location        = var.region
  service_account = google_service_account.invoker.email

  matching_criteria {
    attribute = "type"
    value     = "google.cloud.pubsub.topic.v1.messagePublished"
  }

  transport {
    pubsub {
      topic = google_pubsub_topic.function[each.value.topic].id
    }
  }

  destination {
    cloud_run_service {
      service = google_cloud_run_v2_service.function[each.key].name
      region  = var.region
    }
  }

  depends_on = [google_project_iam_member.invoker, google_cloud_run_v2_service_iam_member.invoker]
}

resource "google_pubsub_topic" "dead_letters" {
  name = "fireside-dead-letters"
}

resource "google_pubsub_subscription" "dead_letters" {
  name                       = "fireside-dead-letters"
  topic                      = google_pubsub_topic.dead_letters.id
  message_retention_duration = "2678400s" # 31 days, the longest there is.

  expiration_policy {
    ttl = "" # Never.
  }
}

resource "google_pubsub_topic_iam_member" "dead_letters" {
  topic  = google_pubsub_topic.dead_letters.id
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "event" {
  for_each = local.subscriptions

  subscription = each.value
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

# The subscription belongs to Eventarc, whose resource has no field for this.
resource "terraform_data" "dead_letters" {
  for_each = local.subscriptions

  triggers_replace = [each.value, google_pubsub_topic.dead_letters.id, local.delivery_attempts_max]

  provisioner "local-exec" {
    command = "gcloud pubsub subscriptions update \"$SUBSCRIPTION\" --project \"$PROJECT\" --dead-letter-topic \"$TOPIC\" --max-delivery-attempts \"$ATTEMPTS\" --quiet"
    environment = {
      SUBSCRIPTION = each.value
      PROJECT      = var.project
      TOPIC        = google_pubsub_topic.dead_letters.id
      ATTEMPTS     = local.delivery_attempts_max
    }
  }

  depends_on = [google_pubsub_topic_iam_member.dead_letters, google_pubsub_subscription_iam_member.event]
}

resource "google_cloud_scheduler_job" "schedule" {
  for_each = local.schedules

  name             = each.key
  region           = var.region
  schedule         = each.value.schedule.cron
  time_zone        = each.value.schedule.timeZone
  attempt_deadline = "${max(15, each.value.timeout)}s"

  http_target {
    uri         = google_cloud_run_v2_service.function[each.key].uri
    http_method = "POST"
    oidc_token {
      service_account_email = google_service_account.invoker.email
      audience              = google_cloud_run_v2_service.function[each.key].uri
    }
  }

  retry_config {
    retry_count = 3
  }

  depends_on = [google_cloud_run_v2_service_iam_member.invoker]
}
