module "system" {
  source = "../../modules/system"

  environment        = "staging"
  image              = var.image
  prepared           = var.prepared
  gateway_domain     = var.gateway_domain
  zone_id            = var.zone_id
  web                = var.web
  mail_from          = var.mail_from
  alarm_email        = var.alarm_email
  cdn_public_keys    = jsondecode(file("${path.root}/cdn-public-keys.json"))
  env_folder         = "${path.root}/env"
  log_retention_days = 14
  protected          = false
  secrets_version    = var.secrets_version
  passwords_version  = var.passwords_version

  network = {
    cidr           = "10.30.0.0/16"
    nat_gateways   = 1
    endpoint_zones = 1
  }

  database = {
    instance_class    = "db.t4g.medium"
    storage_gb        = 20
    multi_az          = false
    backup_days       = 7
    read_replicas     = 0
    separate_services = []
  }

  broker = {
    cluster       = false
    instance_type = "mq.m7g.medium"
  }

  gateway = { cpu = 512, memory = 2048, min = 1, max = 2, sockets = 2000 }

  service_sizes = {
    auth         = { cpu = 256, memory = 1024, min = 1, max = 2 }
    user         = { cpu = 256, memory = 1024, min = 1, max = 2 }
    post         = { cpu = 256, memory = 1024, min = 1, max = 2 }
    media        = { cpu = 1024, memory = 3072, min = 1, max = 2 }
    notification = { cpu = 256, memory = 1024, min = 1, max = 2 }
    chat         = { cpu = 256, memory = 1024, min = 1, max = 2 }
  }
}
