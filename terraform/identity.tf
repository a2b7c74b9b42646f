# Who may do what: an account per module, and one that calls the services which clients may not.

locals {
  # Only accounts changes people in Firebase Auth; all others look up whether tokens still hold.
  auth_admins = ["accounts"]

  # Only these write to the Realtime Database.
  realtime_writers = length(var.realtime_database_urls) == 0 ? [] : ["leaderboards", "presence"]

  # Who hears of objects works with them, and signs addresses under which others may.
  storage_modules = toset([for entry in local.objects : entry.module])

  # Jobs read what was sent and write what is served.
  module_buckets = merge(concat([
    for module in local.storage_modules : {
      for bucket in keys(local.buckets) : "${module} ${bucket}" => { module = module, bucket = bucket, role = "roles/storage.objectAdmin" }
    }
    ], [
    for job in local.jobs : {
      "${job.module} uploads" = { module = job.module, bucket = "uploads", role = "roles/storage.objectViewer" }
      "${job.module} media"   = { module = job.module, bucket = "media", role = "roles/storage.objectAdmin" }
    }
  ])...)

  module_roles = merge(concat([
    for module in local.realtime_writers : {
      "${module} realtime" = { module = module, role = "roles/firebasedatabase.admin" }
    }
    ], [
    for module in local.modules : {
      "${module} datastore" = { module = module, role = "roles/datastore.user" }
      "${module} auth" = {
        module = module
        role   = contains(local.auth_admins, module) ? "roles/firebaseauth.admin" : "roles/firebaseauth.viewer"
      }
    }
  ])...)

  module_secrets = merge([
    for entry in concat(values(local.entries), values(local.jobs)) : {
      for secret in entry.secrets : "${entry.module} ${secret}" => { module = entry.module, secret = secret }
    }
  ]...)

  # A module publishes to its own topics only: others learn through documents. But a finished game finds
  # lost ranks as well as a leaderboard does, and asks for them to be built; and Stripe's webhooks hand on what
  # is about creators to those who pay them.
  module_topics = merge({
    for entry in local.messages : "${entry.module} ${entry.topic}" => { module = entry.module, topic = entry.topic }...
    }, {
    "games leaderboards-rebuild"      = [{ module = "games", topic = "leaderboards-rebuild" }]
    "payments payouts-stripe-notices" = [{ module = "payments", topic = "payouts-stripe-notices" }]
  })
}

resource "google_service_account" "module" {
  for_each = local.modules

  account_id   = "fireside-${each.key}"
  display_name = "Fireside: ${each.key}"
}

resource "google_project_iam_member" "module" {
  for_each = local.module_roles

  project = var.project
  role    = each.value.role
  member  = google_service_account.module[each.value.module].member
}

resource "google_storage_bucket_iam_member" "module" {
  for_each = local.module_buckets

  bucket = google_storage_bucket.this[each.value.bucket].name
  role   = each.value.role
  member = google_service_account.module[each.value.module].member
}

resource "google_service_account_iam_member" "signer" {
  for_each = local.storage_modules

  service_account_id = google_service_account.module[each.key].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.module[each.key].member
}

# Secrets are made and rotated by people (README.md); a module reads those its manifest names.
resource "google_secret_manager_secret_iam_member" "given" {
  for_each = local.module_secrets

  secret_id = each.value.secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.module[each.value.module].member
}

resource "google_secret_manager_secret_iam_member" "redis_url" {
  for_each = local.modules

  secret_id = google_secret_manager_secret.redis_url.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.module[each.key].member
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = local.module_topics

  topic  = google_pubsub_topic.function[each.value[0].topic].id
  role   = "roles/pubsub.publisher"
  member = google_service_account.module[each.value[0].module].member
}

# Which module may start which job.
resource "google_cloud_run_v2_job_iam_member" "starter" {
  for_each = merge([
    for name, job in local.jobs : { for module in job.startedBy : "${module} ${name}" => { module = module, job = name } }
  ]...)

  name     = google_cloud_run_v2_job.this[each.value.job].name
  location = var.region
  role     = "roles/run.jobsExecutorWithOverrides"
  member   = google_service_account.module[each.value.module].member
}

resource "google_service_account" "invoker" {
  account_id   = "fireside-invoker"
  display_name = "Fireside: calls event and schedule services"
}

resource "google_project_iam_member" "invoker" {
  project = var.project
  role    = "roles/eventarc.eventReceiver"
  member  = google_service_account.invoker.member
}
