# `terraform test` needs no account: it plans against a mock and compares with the manifests.

mock_provider "google" {}

variables {
  project     = "test-project"
  image       = "example/fireside:1"
  domain      = "api.example.com"
  alert_email = "ops@example.com"
}

run "every_entry_point_is_a_service_with_its_size" {
  command = plan

  assert {
    condition     = alltrue([for m in local.manifests : alltrue([for f in try(m.functions, []) : contains(keys(google_cloud_run_v2_service.function), f.name)])])
    error_message = "An entry point of a manifest is no service."
  }

  assert {
    condition = alltrue(flatten([for m in local.manifests : [for f in try(m.functions, []) : alltrue([
      google_cloud_run_v2_service.function[f.name].template[0].timeout == "${try(f.timeout, 60)}s",
      google_cloud_run_v2_service.function[f.name].template[0].max_instance_request_concurrency == try(f.concurrency, 80),
      google_cloud_run_v2_service.function[f.name].template[0].scaling[0].min_instance_count == try(f.minInstances, 0),
      google_cloud_run_v2_service.function[f.name].template[0].scaling[0].max_instance_count == try(f.maxInstances, 100),
      google_cloud_run_v2_service.function[f.name].template[0].containers[0].resources[0].limits.memory == try(f.memory, "512Mi"),
      google_cloud_run_v2_service.function[f.name].template[0].containers[0].resources[0].limits.cpu == tostring(try(f.cpu, 1)),
      contains(google_cloud_run_v2_service.function[f.name].template[0].containers[0].args, "-XX:TieredStopAtLevel=4") == (try(f.jit, "c1") == "c2"),
    ])]]))
    error_message = "A service differs from its manifest."
  }

  assert {
    condition     = alltrue([for s in google_cloud_run_v2_service.function : contains(s.template[0].containers[0].env[*].name, "CURSOR_SECRETS")])
    error_message = "A service has no CURSOR_SECRETS."
  }
}

run "every_job_is_one_that_its_starters_may_run" {
  command = plan

  assert {
    condition     = toset(keys(google_cloud_run_v2_job.this)) == toset(flatten([for m in local.manifests : [for j in try(m.jobs, []) : j.name]]))
    error_message = "A job of a manifest is not deployed."
  }

  assert {
    condition = alltrue(flatten([for m in local.manifests : [for j in try(m.jobs, []) : alltrue([
      google_cloud_run_v2_job.this[j.name].template[0].template[0].timeout == "${try(j.timeout, 600)}s",
      google_cloud_run_v2_job.this[j.name].template[0].template[0].max_retries == 0,
      google_cloud_run_v2_job.this[j.name].template[0].template[0].containers[0].resources[0].limits.memory == try(j.memory, "512Mi"),
      google_cloud_run_v2_job.this[j.name].template[0].template[0].containers[0].resources[0].limits.cpu == tostring(try(j.cpu, 1)),
      contains(google_cloud_run_v2_job.this[j.name].template[0].template[0].containers[0].args, j.class),
    ])]]))
    error_message = "A job differs from its manifest."
  }

  assert {
    condition     = toset(keys(google_cloud_run_v2_job_iam_member.starter)) == toset(flatten([for m in local.manifests : [for j in try(m.jobs, []) : [for module in j.startedBy : "${module} ${j.name}"]]]))
    error_message = "Not exactly those may start a job whom its manifest names."
  }

  assert {
    condition     = google_storage_bucket_iam_member.module["transcoder uploads"].role == "roles/storage.objectViewer" && google_storage_bucket_iam_member.module["transcoder media"].role == "roles/storage.objectAdmin"
    error_message = "The transcoder may do more than read what was sent and write what is served."
  }
}

run "clients_reach_http_services_only" {
  command = plan

  assert {
    condition     = toset(keys(google_cloud_run_v2_service_iam_member.anyone)) == toset(keys(local.http))
    error_message = "Not exactly the HTTP services are open."
  }

  assert {
    condition     = alltrue([for name in keys(local.internal) : google_cloud_run_v2_service.function[name].ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY"])
    error_message = "An internal service can be reached from outside."
  }

  assert {
    condition     = length(local.http) + length(local.internal) == length(local.entries)
    error_message = "An entry point has a trigger that nothing here knows."
  }
}

run "every_path_and_event_finds_its_service" {
  command = plan

  assert {
    condition = alltrue(flatten([for m in local.manifests : [for f in try(m.functions, []) : [for path in try(f.trigger.http, []) :
      anytrue([for rule in google_compute_url_map.this.path_matcher[0].path_rule : contains(rule.paths, path) && contains(rule.paths, "${path}/*")])
    ]]]))
    error_message = "A path prefix is not in the URL map."
  }

  assert {
    condition     = toset(keys(google_eventarc_trigger.document)) == toset(keys(local.documents)) && toset(keys(google_eventarc_trigger.account)) == toset(keys(local.accounts)) && toset(keys(google_eventarc_trigger.message)) == toset(keys(local.messages)) && toset(keys(google_eventarc_trigger.object)) == toset(keys(local.objects))
    error_message = "An event entry point has no trigger."
  }

  assert {
    condition     = length(google_eventarc_trigger.ref) == 0
    error_message = "There is a trigger for a Realtime Database that the project does not have."
  }

  assert {
    condition     = toset(keys(google_cloud_scheduler_job.schedule)) == toset(keys(local.schedules))
    error_message = "A schedule has no job."
  }
}

run "every_ref_finds_its_service" {
  command = plan

  variables {
    region                 = "europe-west1"
    realtime_database_urls = ["https://a.europe-west1.firebasedatabase.app", "https://b.europe-west1.firebasedatabase.app"]
  }

  assert {
    condition     = toset(keys(google_eventarc_trigger.ref)) == toset(keys(local.refs)) && alltrue([for t in google_eventarc_trigger.ref : t.location == "europe-west1"])
    error_message = "An entry point for the Realtime Database has no trigger where the databases are."
  }

  assert {
    condition     = alltrue([for s in google_cloud_run_v2_service.function : [for e in s.template[0].containers[0].env : e.value if e.name == "FIREBASE_DATABASE_URLS"] == ["https://a.europe-west1.firebasedatabase.app,https://b.europe-west1.firebasedatabase.app"]])
    error_message = "A service does not know the Realtime Databases."
  }
}

run "buckets_are_private_and_uploads_end" {
  command = plan

  variables {
    region       = "europe-west1"
    cors_origins = ["https://app.example.com"]
  }

  assert {
    condition     = alltrue([for b in google_storage_bucket.this : b.uniform_bucket_level_access && b.public_access_prevention == "enforced" && b.location == "europe-west1" && b.cors[0].origin == tolist(["https://app.example.com"])])
    error_message = "A bucket is open, or elsewhere."
  }

  assert {
    condition     = length(google_storage_bucket.this["uploads"].lifecycle_rule) == 1 && length(google_storage_bucket.this["media"].lifecycle_rule) == 0
    error_message = "Uploads stay, or media goes."
  }

  assert {
    condition     = alltrue([for t in google_eventarc_trigger.object : t.location == "europe-west1"])
    error_message = "A trigger is not where its bucket is."
  }

  assert {
    condition     = alltrue([for s in google_cloud_run_v2_service.function : [for e in s.template[0].containers[0].env : e.value if e.name == "MEDIA_UPLOAD_BUCKET"] == ["test-project-uploads"]])
    error_message = "A service does not know the bucket of uploads."
  }
}

run "an_address_that_is_none_of_a_realtime_database_is_refused" {
  command = plan

  variables {
    realtime_database_urls = ["https://a.firebaseio.com/rooms"]
  }

  expect_failures = [var.realtime_database_urls]
}

run "only_payouts_can_pay_creators" {
  command = plan

  assert {
    condition     = [for name, given in local.module_secrets : given.module if given.secret == "STRIPE_PAYOUTS_API_KEY"] == ["payouts"]
    error_message = "Another module reads the key that pays creators."
  }

  assert {
    condition     = contains(keys(google_service_account.module), "payouts") && google_pubsub_topic_iam_member.publisher["payments payouts-stripe-notices"].role == "roles/pubsub.publisher"
    error_message = "The webhooks cannot hand on what is about creators."
  }
}

run "indexes_are_those_of_the_file" {
  command = plan

  assert {
    condition     = length(google_firestore_index.this) == length(local.firestore.indexes) && length(google_firestore_field.this) == length(local.firestore.fieldOverrides)
    error_message = "The file lists something twice."
  }

  assert {
    condition     = alltrue([for name in ["idempotency", "poison"] : length(google_firestore_field.this["${name} expireAt"].ttl_config) == 1])
    error_message = "A collection that should expire does not."
  }
}

run "direct_calls_change_whose_word_is_believed" {
  command = plan

  variables {
    direct_calls = true
  }

  assert {
    condition     = alltrue([for name in keys(local.http) : google_cloud_run_v2_service.function[name].ingress == "INGRESS_TRAFFIC_ALL"])
    error_message = "Direct calls do not get in."
  }

  assert {
    condition     = alltrue([for s in google_cloud_run_v2_service.function : [for e in s.template[0].containers[0].env : e.value if e.name == "TRUSTED_PROXY_HOPS"] == ["1"]])
    error_message = "With direct calls only Cloud Run itself appends to X-Forwarded-For."
  }
}
