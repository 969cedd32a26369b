variable "environment" {
  description = "staging, production, or another name; with `socialhub-` before it, everything is named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,12}$", var.environment))
    error_message = "Must be a short name in lower case."
  }
}

variable "image" {
  description = "The image of the services, by its digest: <registry>/socialhub@sha256:..."
  type        = string

  validation {
    condition     = can(regex("^[^\\s]+/socialhub[a-z-]*(@sha256:[0-9a-f]{64}|:[\\w.-]+)$", var.image))
    error_message = "Must be an image socialhub with a digest or a tag."
  }
}

variable "prepared" {
  description = "False at the very first apply: then nothing is started that needs the databases, which the preparation makes."
  type        = bool
  default     = true
}

variable "gateway_domain" {
  description = "The gateway's domain, within zone_id."
  type        = string
}

variable "zone_id" {
  description = "The hosted zone of Route 53."
  type        = string
}

variable "web" {
  description = "The web on Vercel: its domain, the repository that is built, where pages are made, and the variables of previews (see modules/web)."
  type        = object({ domain = string, repository = string, branch = string, region = string, preview_environment = optional(map(string), {}) })
}

variable "other_web_origins" {
  description = "Origins of other web apps that may call the gateway and upload files."
  type        = list(string)
  default     = []
}

variable "mail_from" {
  description = "The sender of mails: an address, or a name with the address in <>."
  type        = string
}

variable "alarm_email" {
  description = "Who is told of alarms."
  type        = string
}

variable "cdn_public_keys" {
  description = "The public keys (PEM) that `make-keys` has written, for CloudFront; the first is of the key that signs."
  type        = list(string)
}

variable "env_folder" {
  description = "The folder with the operator's <process>.env files."
  type        = string
}

variable "network" {
  description = "Addresses, ways out, and zones with endpoints."
  type        = object({ cidr = string, nat_gateways = number, endpoint_zones = number })
}

variable "database" {
  description = "Size and safety of PostgreSQL, as in module database."
  type = object({
    instance_class    = string
    storage_gb        = number
    multi_az          = bool
    backup_days       = number
    read_replicas     = number
    separate_services = set(string)
  })
}

variable "broker" {
  description = "Size of RabbitMQ, and whether it is a cluster."
  type        = object({ cluster = bool, instance_type = string })
}

variable "gateway" {
  description = "Size and number of gateways, and the open connections that one is to have."
  type        = object({ cpu = number, memory = number, min = number, max = number, sockets = number })
}

variable "service_sizes" {
  description = "Size and number of tasks of each subgraph."
  type        = map(object({ cpu = number, memory = number, min = number, max = number }))
}

variable "arm" {
  description = "Whether the image is for arm64."
  type        = bool
  default     = false
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
}

variable "protected" {
  description = "Whether database and load balancer refuse to be destroyed, and files and broker stay."
  type        = bool
  default     = true
}

variable "secrets_version" {
  description = "Raise it to write secrets anew and replace the tasks."
  type        = number
  default     = 1
}

variable "passwords_version" {
  description = "Raise it, with secrets_version, to change the passwords of the database's roles."
  type        = number
  default     = 1
}
