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

variable "environment" {
  description = "Variables of the web that are no secrets."
  type        = map(string)
}
