variable "name" {
  description = "The project's name on Vercel."
  type        = string
}

variable "repository" {
  description = "The repository on GitHub that Vercel builds, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[\\w.-]+/[\\w.-]+$", var.repository))
    error_message = "Must be owner/name."
  }
}

variable "branch" {
  description = "The branch that is deployed to the domain."
  type        = string
  default     = "main"
}

variable "domain" {
  description = "The web's domain, such as hub.example."
  type        = string
}

variable "region" {
  description = "Where pages are made, near the gateway: fra1 for eu-central-1, iad1 for us-east-1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{3}[0-9]$", var.region))
    error_message = "Must be a region of Vercel such as fra1."
  }
}

variable "keys_secret_id" {
  description = "The secret of make-keys, which holds the web's key."
  type        = string
}

variable "secrets_version" {
  description = "Raise it by one to have the key read and written anew."
  type        = number
}

variable "preview_environment" {
  description = "Variables of previews that are no secrets: GATEWAY_URL, PUBLIC_GATEWAY_URL and MEDIA_ORIGIN of another installation. Without them previews do not start."
  type        = map(string)
  default     = {}
}

variable "environment" {
  description = "Variables of the web that are no secrets."
  type        = map(string)
}
