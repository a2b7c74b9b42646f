output "address" {
  description = "Where the A record of the domain points."
  value       = google_compute_global_address.this.address
}

output "routes" {
  description = "Which service answers which path prefix."
  value       = merge([for name, entry in local.http : { for path in entry.paths : path => name }]...)
}

output "services" {
  description = "Addresses of the services themselves."
  value       = { for name, service in google_cloud_run_v2_service.function : name => service.uri }
}

output "dead_letters" {
  description = "The subscription that holds what nobody could handle."
  value       = google_pubsub_subscription.dead_letters.name
}
