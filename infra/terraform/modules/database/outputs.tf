output "addresses" {
  description = "The host of each service's database, and that of the shared instance as `owner`."
  value = merge(
    { owner = aws_db_instance.this["shared"].address },
    { for service in var.services : service => aws_db_instance.this[contains(var.separate_services, service) ? service : "shared"].address },
  )
}

output "identifiers" {
  description = "The instances, for alarms."
  value       = { for name, instance in aws_db_instance.this : name => instance.identifier }
}

output "replica_addresses" {
  description = "The hosts of the read replicas."
  value       = aws_db_instance.replica[*].address
}

output "security_group_id" {
  description = "The group of the instances."
  value       = aws_security_group.this.id
}
