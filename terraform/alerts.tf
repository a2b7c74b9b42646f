# What people are alerted to: errors, dead letters, poison.

locals {
  requests = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\""
}

resource "google_monitoring_notification_channel" "email" {
  display_name = "Fireside"
  type         = "email"
  labels       = { email_address = var.alert_email }
}

resource "google_monitoring_alert_policy" "errors" {
  display_name          = "Fireside: a service fails"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "More than 5 % of its answers in 5 minutes are 5xx"
    condition_threshold {
      filter             = "${local.requests} AND metric.labels.response_code_class = \"5xx\""
      denominator_filter = local.requests
      comparison         = "COMPARISON_GT"
      threshold_value    = 0.05
      duration           = "300s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.label.service_name"]
      }
      denominator_aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
        group_by_fields      = ["resource.label.service_name"]
      }
    }
  }

  documentation {
    content = "Event services answer 500 to be called again: look at their log first. `gcloud run services logs read <service>`."
  }
}

resource "google_monitoring_alert_policy" "dead_letters" {
  display_name          = "Fireside: events nobody could handle"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "There are dead letters"
    condition_threshold {
      filter          = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = \"${google_pubsub_subscription.dead_letters.name}\" AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }

  documentation {
    content = "Kept for 31 days. Look: `gcloud pubsub subscriptions pull fireside-dead-letters`. Mend the cause; handlers are idempotent, so what is published to the trigger's topic again does no harm."
  }
}

resource "google_monitoring_alert_policy" "poison" {
  display_name          = "Fireside: events that can never be handled"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "An event was recorded under poison/"
    condition_matched_log {
      filter = "resource.type = \"cloud_run_revision\" AND severity = ERROR AND jsonPayload.message : \"recorded as poison\""
    }
  }

  alert_strategy {
    notification_rate_limit {
      period = "3600s"
    }
  }
}

resource "google_monitoring_alert_policy" "called_for" {
  display_name          = "Fireside: something that a person must look at"
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]

  conditions {
    display_name = "A function logged ALERT"
    condition_matched_log {
      filter = "resource.type = \"cloud_run_revision\" AND severity = ERROR AND jsonPayload.message =~ \"^ALERT \""
    }
  }

  alert_strategy {
    notification_rate_limit {
      period = "3600s"
    }
  }

  documentation {
    content = "The books, money or keys are not as they must be, and no repeat mends it. The message says what: books that do not prove, refunds by hand, transfers nobody asked for, keys that Stripe refuses."
  }
}
