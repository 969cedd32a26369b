locals {
  database_clients = setunion(local.services, ["prepare"])
  broker_clients   = setunion(local.services, ["gateway"])
  mail_ports       = toset(["465", "587"])
}

resource "aws_security_group" "process" {
  for_each = local.processes

  name        = "${local.name}-${each.key}"
  description = "Tasks of ${each.key}"
  vpc_id      = module.network.vpc_id

  tags = { Name = "${local.name}-${each.key}" }
}

resource "aws_vpc_security_group_ingress_rule" "gateway" {
  security_group_id            = aws_security_group.process["gateway"].id
  description                  = "The load balancer"
  referenced_security_group_id = module.edge.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port

  tags = { Name = "${local.name}-gateway" }
}

resource "aws_vpc_security_group_ingress_rule" "service" {
  for_each = local.services

  security_group_id            = aws_security_group.process[each.key].id
  description                  = "The gateway"
  referenced_security_group_id = aws_security_group.process["gateway"].id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port

  tags = { Name = "${local.name}-${each.key}" }
}

resource "aws_vpc_security_group_egress_rule" "gateway_to_service" {
  for_each = local.services

  security_group_id            = aws_security_group.process["gateway"].id
  description                  = "The service ${each.key}"
  referenced_security_group_id = aws_security_group.process[each.key].id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port

  tags = { Name = "${local.name}-gateway-${each.key}" }
}

resource "aws_vpc_security_group_egress_rule" "database" {
  for_each = local.database_clients

  security_group_id            = aws_security_group.process[each.key].id
  description                  = "PostgreSQL"
  referenced_security_group_id = module.database.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432

  tags = { Name = "${local.name}-${each.key}-database" }
}

resource "aws_vpc_security_group_egress_rule" "broker" {
  for_each = local.broker_clients

  security_group_id            = aws_security_group.process[each.key].id
  description                  = "RabbitMQ"
  referenced_security_group_id = module.broker.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5671
  to_port                      = 5671

  tags = { Name = "${local.name}-${each.key}-broker" }
}

# Registry, logs and secrets by the endpoints; S3 by its gateway, which has public addresses.
resource "aws_vpc_security_group_egress_rule" "https" {
  for_each = local.processes

  security_group_id = aws_security_group.process[each.key].id
  description       = "Services of AWS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = { Name = "${local.name}-${each.key}-https" }
}

resource "aws_vpc_security_group_egress_rule" "mail" {
  for_each = local.mail_ports

  security_group_id = aws_security_group.process["auth"].id
  description       = "Mail, over TLS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = tonumber(each.key)
  to_port           = tonumber(each.key)

  tags = { Name = "${local.name}-auth-mail" }
}
