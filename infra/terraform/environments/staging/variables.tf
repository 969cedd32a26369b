variable "account_id" {
  description = "The AWS account; anything else is refused."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Must have twelve digits."
  }
}

variable "region" {
  description = "The region of AWS, one with three zones."
  type        = string
}

variable "vercel_team" {
  description = "The team on Vercel, by its slug or id."
  type        = string
}

variable "image" {
  description = "The image of the services, by its digest."
  type        = string
}

variable "gateway_domain" {
  description = "The gateway's domain, such as api.hub.example."
  type        = string
}

variable "zone_id" {
  description = "The hosted zone of Route 53 that it is in."
  type        = string
}

variable "web" {
  description = "The web on Vercel: its domain, the repository that is built, and where pages are made, and the variables of previews (see modules/web)."
  type        = object({ domain = string, repository = string, branch = string, region = string, preview_environment = optional(map(string), {}) })
}

variable "mail_from" {
  description = "The sender of mails."
  type        = string
}

variable "alarm_email" {
  description = "Who is told of alarms."
  type        = string
}

variable "prepared" {
  description = "False at the very first apply."
  type        = bool
  default     = true
}

variable "secrets_version" {
  description = "Raise it to write secrets anew."
  type        = number
  default     = 1
}

variable "passwords_version" {
  description = "Raise it, with secrets_version, to change passwords."
  type        = number
  default     = 1
}
