locals {
  instances = setunion(["shared"], var.separate_services)
  # The parameter of RDS that refuses connections without TLS is on by default since 15; here it is also said.
  parameters = {
    "rds.force_ssl"                       = "1"
    "log_min_duration_statement"          = "500"
    "log_parameter_max_length"            = "0" # Parameters are people's data.
    "log_parameter_max_length_on_error"   = "0"
    "idle_in_transaction_session_timeout" = "60000"
  }
}

ephemeral "aws_secretsmanager_secret_version" "passwords" {
  secret_id = var.passwords_secret_id
}

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "this" {
  name        = "${var.name}-database"
  description = "PostgreSQL"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-database" }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "PostgreSQL from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432

  tags = { Name = "${var.name}-database-${each.key}" }
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.name}-"
  family      = "postgres${var.postgres_version}"

  dynamic "parameter" {
    for_each = local.parameters

    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "this" {
  for_each = local.instances

  identifier                          = "${var.name}-${each.key}"
  engine                              = "postgres"
  engine_version                      = tostring(var.postgres_version)
  instance_class                      = var.instance_class
  allocated_storage                   = var.storage_gb
  max_allocated_storage               = var.storage_gb * 5
  storage_type                        = "gp3"
  storage_encrypted                   = true
  kms_key_id                          = var.kms_key_arn
  username                            = "socialhub"
  password_wo                         = jsondecode(ephemeral.aws_secretsmanager_secret_version.passwords.secret_string).owner
  password_wo_version                 = var.passwords_version
  multi_az                            = var.multi_az
  db_subnet_group_name                = aws_db_subnet_group.this.name
  vpc_security_group_ids              = [aws_security_group.this.id]
  parameter_group_name                = aws_db_parameter_group.this.name
  publicly_accessible                 = false
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"
  backup_retention_period             = var.backup_days
  copy_tags_to_snapshot               = true
  deletion_protection                 = var.deletion_protection
  skip_final_snapshot                 = !var.deletion_protection
  final_snapshot_identifier           = "${var.name}-${each.key}-last"
  auto_minor_version_upgrade          = true
  performance_insights_enabled        = true
  performance_insights_kms_key_id     = var.kms_key_arn
  enabled_cloudwatch_logs_exports     = ["postgresql", "upgrade"]
  iam_database_authentication_enabled = false # No service signs in that way.
}

resource "aws_db_instance" "replica" {
  count = var.read_replicas

  identifier                      = "${var.name}-replica-${count.index}"
  replicate_source_db             = aws_db_instance.this["shared"].identifier
  instance_class                  = var.instance_class
  storage_encrypted               = true
  vpc_security_group_ids          = [aws_security_group.this.id]
  parameter_group_name            = aws_db_parameter_group.this.name
  publicly_accessible             = false
  skip_final_snapshot             = true
  auto_minor_version_upgrade      = true
  performance_insights_enabled    = true
  performance_insights_kms_key_id = var.kms_key_arn
}
