# Production on Google Cloud, as the manifests say it. README.md says how to deploy.

terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.45"
    }
  }

  backend "gcs" {
    prefix = "fireside"
  }
}

provider "google" {
  project = var.project
  region  = var.region
}

data "google_project" "this" {
  project_id = var.project
}

locals {
  # The one source of what exists: functions/<module>/functions.yaml.
  manifests = [
    for file in fileset("${path.module}/../functions", "*/functions.yaml") :
    yamldecode(file("${path.module}/../functions/${file}"))
  ]

  # By name, with the defaults of dev.fireside.shared.manifest.Manifests.
  entries = merge([
    for manifest in local.manifests : {
      for entry in try(manifest.functions, []) : entry.name => {
        module       = manifest.module
        cpu          = try(entry.cpu, 1)
        memory       = try(entry.memory, "512Mi")
        concurrency  = try(entry.concurrency, 80)
        minInstances = try(entry.minInstances, 0)
        maxInstances = try(entry.maxInstances, 100)
        timeout      = try(entry.timeout, 60)
        jit          = try(entry.jit, "c1")
        secrets      = setsubtract(concat(["CURSOR_SECRETS"], try(entry.secrets, [])), var.unused_secrets)
        paths        = try(entry.trigger.http, [])
        document     = try(entry.trigger.firestore, null)
        account      = try(entry.trigger.auth.event, null)
        ref          = try(entry.trigger.rtdb, null)
        object       = try(entry.trigger.storage, null)
        topic        = try(entry.trigger.pubsub.topic, null)
        schedule     = try(entry.trigger.schedule, null)
      }
    }
  ]...)

  jobs = merge([
    for manifest in local.manifests : {
      for job in try(manifest.jobs, []) : job.name => {
        module    = manifest.module
        class     = job.class
        startedBy = job.startedBy
        cpu       = try(job.cpu, 1)
        memory    = try(job.memory, "512Mi")
        timeout   = try(job.timeout, 600)
        secrets   = setsubtract(concat(["CURSOR_SECRETS"], try(job.secrets, [])), var.unused_secrets)
      }
    }
  ]...)

  http      = { for name, entry in local.entries : name => entry if length(entry.paths) > 0 }
  documents = { for name, entry in local.entries : name => entry if entry.document != null }
  accounts  = { for name, entry in local.entries : name => entry if entry.account != null }
  refs      = { for name, entry in local.entries : name => entry if entry.ref != null }
  objects   = { for name, entry in local.entries : name => entry if entry.object != null }
  messages  = { for name, entry in local.entries : name => entry if entry.topic != null }
  schedules = { for name, entry in local.entries : name => entry if entry.schedule != null }

  # What no client may call: Eventarc and Cloud Scheduler do, with the invoker's token.
  internal = merge(local.documents, local.accounts, local.refs, local.objects, local.messages, local.schedules)

  # Where each Realtime Database is: its address says so, but for those of us-central1.
  realtime_locations = toset([
    for url in var.realtime_database_urls : try(regex("[.]([a-z0-9-]+)[.]firebasedatabase[.]app", url)[0], "us-central1")
  ])

  modules = toset([for entry in concat(values(local.entries), values(local.jobs)) : entry.module])
  topics  = toset([for entry in local.messages : entry.topic])
}
