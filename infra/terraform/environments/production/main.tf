module "system" {
  source = "../../modules/system"

  environment        = "production"
  image              = var.image
  prepared           = var.prepared
  gateway_domain     = var.gateway_domain
  zone_id            = var.zone_id
  web                = var.web
  mail_from          = var.mail_from
  alarm_email        = var.alarm_email
  cdn_public_keys    = jsondecode(file("${path.root}/cdn-public-keys.json"))
  env_folder         = "${path.root}/env"
  log_retention_days = 90
  protected          = true
  secrets_version    = var.secrets_version
  passwords_version  = var.passwords_version

  network = {
    cidr           = "10.20.0.0/16"
    nat_gateways   = 3
    endpoint_zones = 3
  }

  database = {
    instance_class    = "db.m7g.large"
    storage_gb        = 100
    multi_az          = true
    backup_days       = 30
    read_replicas     = 0
    separate_services = []
  }

  broker = {
    cluster       = true
    instance_type = "mq.m7g.large"
  }

  gateway = { cpu = 1024, memory = 4096, min = 3, max = 12, sockets = 5000 }

  service_sizes = {
    auth         = { cpu = 512, memory = 2048, min = 2, max = 8 }
    user         = { cpu = 512, memory = 2048, min = 2, max = 8 }
    post         = { cpu = 512, memory = 2048, min = 2, max = 8 }
    media        = { cpu = 1024, memory = 4096, min = 2, max = 8 }
    notification = { cpu = 512, memory = 2048, min = 2, max = 8 }
    chat         = { cpu = 512, memory = 2048, min = 2, max = 8 }
  }
}
