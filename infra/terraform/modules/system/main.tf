data "aws_region" "here" {}

locals {
  name     = "socialhub-${var.environment}"
  services = toset(["auth", "user", "post", "media", "notification", "chat"])
  # As the image has it (infra/docker/Dockerfile).
  port        = 4000
  web_origin  = "https://${var.web.domain}"
  web_origins = concat([local.web_origin], var.other_web_origins)
}

module "secrets" {
  source = "../secrets"

  name               = local.name
  services           = local.services
  secrets_version    = var.secrets_version
  passwords_version  = var.passwords_version
  database_addresses = module.database.addresses
  broker_host        = module.broker.host
  recovery_days      = var.protected ? 30 : 7
}

module "network" {
  source = "../network"

  name               = local.name
  cidr               = var.network.cidr
  nat_gateways       = var.network.nat_gateways
  endpoint_zones     = var.network.endpoint_zones
  log_retention_days = var.log_retention_days
  kms_key_arn        = module.secrets.kms_key_arn
}

module "database" {
  source = "../database"

  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.private_subnet_ids
  client_security_group_ids = { for name in local.database_clients : name => aws_security_group.process[name].id }
  services                  = local.services
  separate_services         = var.database.separate_services
  instance_class            = var.database.instance_class
  storage_gb                = var.database.storage_gb
  multi_az                  = var.database.multi_az
  backup_days               = var.database.backup_days
  read_replicas             = var.database.read_replicas
  deletion_protection       = var.protected
  kms_key_arn               = module.secrets.kms_key_arn
  passwords_secret_id       = module.secrets.passwords_secret_id
  passwords_version         = var.passwords_version
}

module "broker" {
  source = "../broker"

  name                      = local.name
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.private_subnet_ids
  client_security_group_ids = { for name in local.broker_clients : name => aws_security_group.process[name].id }
  cluster                   = var.broker.cluster
  instance_type             = var.broker.instance_type
  deletion_protection       = var.protected
  secret_id                 = module.secrets.broker_secret_id
}

module "media" {
  source = "../media"

  name            = local.name
  web_origins     = local.web_origins
  cdn_public_keys = var.cdn_public_keys
  kms_key_arn     = module.secrets.kms_key_arn
  force_destroy   = !var.protected
}

module "env_files" {
  source = "../env-files"

  name        = local.name
  folder      = var.env_folder
  taken       = { for name, variables in local.of_one : name => keys(variables) }
  kms_key_arn = module.secrets.kms_key_arn
}

module "supergraph" {
  source = "../supergraph"

  name           = local.name
  s3_endpoint_id = module.network.s3_endpoint_id
}

module "edge" {
  source = "../edge"

  name                     = local.name
  domain                   = var.gateway_domain
  zone_id                  = var.zone_id
  vpc_id                   = module.network.vpc_id
  subnet_ids               = module.network.public_subnet_ids
  target_security_group_id = aws_security_group.process["gateway"].id
  target_port              = local.port
  deletion_protection      = var.protected
}

module "web" {
  source = "../web"

  name        = local.name
  repository  = var.web.repository
  branch      = var.web.branch
  domain      = var.web.domain
  region      = var.web.region
  environment = local.web

  preview_environment = var.web.preview_environment
  keys_secret_id      = module.secrets.keys_secret_id
  secrets_version     = var.secrets_version
}

module "observability" {
  source = "../observability"

  name                 = local.name
  processes            = local.processes
  watched              = var.prepared ? { for name, size in local.sizes : name => size.min } : {}
  log_retention_days   = var.log_retention_days
  kms_key_arn          = module.secrets.kms_key_arn
  alarm_email          = var.alarm_email
  cluster_name         = aws_ecs_cluster.this.name
  load_balancer_name   = module.edge.load_balancer.metric_name
  target_group_name    = module.edge.target_group_metric_name
  database_identifiers = module.database.identifiers
  broker_name          = module.broker.broker_name
}
