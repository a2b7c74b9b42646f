variable "project" {
  description = "Id of the Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the services, Redis and the scheduler. firebase.json names it too."
  type        = string
  default     = "us-central1"
}

variable "firestore_location" {
  description = "Location of the database: for ever, and that of its triggers. A region, or nam5 or eur3."
  type        = string
  default     = "us-central1"
}

variable "image" {
  description = "The container image with every function, by digest or tag, as the Dockerfile builds it."
  type        = string
}

variable "domain" {
  description = "Host name of the API. Point its A record at the output `address`; the certificate follows."
  type        = string
}

variable "alert_email" {
  description = "Who is alerted to errors and dead letters."
  type        = string
}

variable "cors_origins" {
  description = "Origins that browsers may call from, such as https://app.example.com."
  type        = list(string)
  default     = []
}

variable "settings" {
  description = "More environment variables for every service: docs/configuration.md lists them."
  type        = map(string)
  default     = {}
}

variable "unused_secrets" {
  description = "Secrets of the manifests that this project does without, such as those of a payment provider it has no account with."
  type        = set(string)
  default     = []
}

variable "realtime_database_urls" {
  description = "The Realtime Databases, such as https://name-default-rtdb.firebaseio.com, all in `region`; empty where the project has none. The first one stays the first, since what belongs to nobody is there."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for url in var.realtime_database_urls : can(regex("^https://[a-z0-9-]+[.](firebaseio[.]com|[a-z0-9-]+[.]firebasedatabase[.]app)/?$", url))])
    error_message = "A Realtime Database is like https://name.firebaseio.com or https://name.europe-west1.firebasedatabase.app."
  }
}

variable "direct_calls" {
  description = "Whether clients may pass by the load balancer: needed for Firebase Hosting's rewrites, but then Cloud Armor protects only those who do not."
  type        = bool
  default     = false
}

variable "requests_per_minute" {
  description = "What one address may send before Cloud Armor answers 429. The functions limit people; this limits floods."
  type        = number
  default     = 1200
}

variable "redis_memory_gb" {
  description = "Size of Redis. It holds only what can be derived again, and evicts what was not used for longest, but never ranks: about 0.5 GB for a million of them."
  type        = number
  default     = 5
}

variable "redis_tier" {
  description = "STANDARD_HA with a replica that takes over, or BASIC, which empties itself at each maintenance."
  type        = string
  default     = "STANDARD_HA"
}
