variable "name" {
  description = "What everything is named after, such as socialhub-staging."
  type        = string
}

variable "web_origins" {
  description = "Origins of web apps whose pages upload and show files."
  type        = list(string)

  validation {
    condition     = alltrue([for origin in var.web_origins : can(regex("^https://[a-z0-9.-]+$", origin))])
    error_message = "Must be origins such as https://hub.example, without a slash at the end."
  }
}

variable "cdn_public_keys" {
  description = "Public keys (PEM) whose signatures are good, the one that the media service signs URLs with first; `make-keys` writes them."
  type        = list(string)

  validation {
    condition     = length(var.cdn_public_keys) > 0 && alltrue([for key in var.cdn_public_keys : startswith(key, "-----BEGIN PUBLIC KEY-----")])
    error_message = "Must be public keys as PEM, one at least."
  }
}

variable "cdn_price_class" {
  description = "Where CloudFront answers: PriceClass_100 is Europe and North America."
  type        = string
  default     = "PriceClass_100"

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.cdn_price_class)
    error_message = "Must be PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts the files."
  type        = string
}

variable "kept_versions_days" {
  description = "How long a file that was deleted or replaced can be brought back; as long it takes to erase what somebody deleted."
  type        = number
  default     = 7

  validation {
    condition     = var.kept_versions_days >= 1 && var.kept_versions_days <= 30
    error_message = "Must be from 1 to 30."
  }
}

variable "force_destroy" {
  description = "Whether the bucket may be destroyed with what is in it."
  type        = bool
  default     = false
}
