variable "name" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "services" {
  description = "The subgraphs: each has a database role of its own."
  type        = set(string)
}

variable "secrets_version" {
  description = "Raise it by one to write every secret anew: after a step of `make-keys`, or to change the passwords (see passwords_version)."
  type        = number
  default     = 1
}

variable "passwords_version" {
  description = "Raise it by one to make new passwords of the database's roles. Then raise secrets_version too, and run the preparation."
  type        = number
  default     = 1
}

variable "database_addresses" {
  description = "Host of the database of each service, and that of `owner`."
  type        = map(string)
}

variable "broker_host" {
  description = "Host of RabbitMQ."
  type        = string
}

variable "recovery_days" {
  description = "How long a secret that was deleted can be brought back."
  type        = number
  default     = 30

  validation {
    condition     = var.recovery_days == 0 || (var.recovery_days >= 7 && var.recovery_days <= 30)
    error_message = "Must be 0 (at once), or from 7 to 30."
  }
}
