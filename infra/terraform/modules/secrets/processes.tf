locals {
  keys      = jsondecode(ephemeral.aws_secretsmanager_secret_version.keys.secret_string)
  passwords = jsondecode(ephemeral.aws_secretsmanager_secret_version.passwords.secret_string)
  broker    = "amqps://socialhub:${jsondecode(ephemeral.aws_secretsmanager_secret_version.broker.secret_string).password}@${var.broker_host}:5671"
  # The certificate is checked against the address; the authority's is in CA_CERTIFICATES.
  tls = "?sslmode=verify-full"

  # The variables of each process whose values are secret: those of every service, and those of one.
  of_services = ["DATABASE_URL", "RABBITMQ_URL", "IDENTITY_KEYS"]
  of_one = {
    auth    = ["SIGNING_KEY_SECRET", "SMTP_URL"]
    media   = ["MEDIA_CDN_PRIVATE_KEY"]
    gateway = ["RABBITMQ_URL", "IDENTITY_KEYS"]
    prepare = [
      "OWNER_URL", "AUTH_PASSWORD", "USER_PASSWORD", "POST_PASSWORD",
      "MEDIA_PASSWORD", "NOTIFICATION_PASSWORD", "CHAT_PASSWORD",
    ]
  }
  names = {
    for process in setunion(var.services, keys(local.of_one)) : process => concat(
      contains(var.services, process) ? local.of_services : [], lookup(local.of_one, process, []),
    )
  }
}

# A process reads its own secret alone.
resource "aws_secretsmanager_secret" "process" {
  for_each = local.names

  name                    = "${var.name}/${each.key}"
  description             = "Variables of ${each.key}: ${join(", ", each.value)}"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = var.recovery_days
}

resource "aws_secretsmanager_secret_version" "service" {
  for_each = var.services

  secret_id = aws_secretsmanager_secret.process[each.key].id
  secret_string_wo = jsonencode(merge(
    {
      DATABASE_URL  = "postgresql://${each.key}_service:${local.passwords[each.key]}@${var.database_addresses[each.key]}:5432/${each.key}_db${local.tls}"
      RABBITMQ_URL  = local.broker
      IDENTITY_KEYS = local.keys.IDENTITY_KEYS[each.key]
    },
    each.key != "auth" ? {} : { SIGNING_KEY_SECRET = local.keys.SIGNING_KEY_SECRET, SMTP_URL = local.keys.SMTP_URL },
    each.key != "media" ? {} : { MEDIA_CDN_PRIVATE_KEY = local.keys.MEDIA_CDN_PRIVATE_KEY },
  ))
  secret_string_wo_version = var.secrets_version
}

resource "aws_secretsmanager_secret_version" "gateway" {
  secret_id                = aws_secretsmanager_secret.process["gateway"].id
  secret_string_wo         = jsonencode({ RABBITMQ_URL = local.broker, IDENTITY_KEYS = local.keys.IDENTITY_KEYS.gateway })
  secret_string_wo_version = var.secrets_version
}

resource "aws_secretsmanager_secret_version" "prepare" {
  secret_id = aws_secretsmanager_secret.process["prepare"].id
  secret_string_wo = jsonencode(merge(
    { OWNER_URL = "postgresql://socialhub:${local.passwords.owner}@${var.database_addresses.owner}:5432/postgres${local.tls}" },
    { for service in var.services : "${upper(service)}_PASSWORD" => local.passwords[service] },
  ))
  secret_string_wo_version = var.secrets_version
}
