# Certificates of RDS's own authority, which no system trusts by itself.
data "http" "database_authority" {
  url = "https://truststore.pki.rds.amazonaws.com/${data.aws_region.here.region}/${data.aws_region.here.region}-bundle.pem"

  lifecycle {
    postcondition {
      condition     = self.status_code == 200 && startswith(self.response_body, "-----BEGIN CERTIFICATE-----")
      error_message = "The certificates of RDS were not there."
    }
  }
}

# What the image does not set and is no secret (those are in module secrets). Each name is one that the process reads,
# which npm run check:infra holds; what an operator may choose beside it comes by module env-files.
locals {
  of_services = {
    CA_CERTIFICATES = data.http.database_authority.response_body
    DRAIN_DELAY_MS  = "5000"
  }
  of_one = {
    auth = {
      WEB_URL   = local.web_origin
      MAIL_FROM = var.mail_from
    }
    media = {
      S3_BUCKET        = module.media.bucket
      AWS_REGION       = data.aws_region.here.region
      MEDIA_CDN_URL    = module.media.cdn_url
      MEDIA_CDN_KEY_ID = module.media.cdn_key_id
    }
    gateway = {
      AUTH_URL         = "http://auth:${local.port}"
      USER_URL         = "http://user:${local.port}"
      POST_URL         = "http://post:${local.port}"
      MEDIA_URL        = "http://media:${local.port}"
      NOTIFICATION_URL = "http://notification:${local.port}"
      CHAT_URL         = "http://chat:${local.port}"
      CORS_ORIGINS     = join(",", local.web_origins)
      TRUSTED_PROXIES  = "1"
      DRAIN_DELAY_MS   = "5000"
      SUPERGRAPH       = module.supergraph.url
    }
    prepare = {
      CA_CERTIFICATES = data.http.database_authority.response_body
    }
  }
  web = {
    GATEWAY_URL        = "https://${var.gateway_domain}"
    PUBLIC_GATEWAY_URL = "https://${var.gateway_domain}/graphql"
    MEDIA_ORIGIN       = "${module.media.origin} ${module.media.cdn_url}"
  }
}
