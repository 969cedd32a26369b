output "kms_key_arn" {
  description = "The key that encrypts what is at rest."
  value       = aws_kms_key.this.arn
}

output "passwords_secret_id" {
  description = "The secret with the passwords, once it has a value."
  value       = aws_secretsmanager_secret_version.passwords.secret_id
}

output "broker_secret_id" {
  description = "The secret with the broker's password, once it has a value, for references that AWS resolves itself."
  value       = aws_secretsmanager_secret_version.broker.secret_id
}

output "keys_secret_id" {
  description = "The secret of make-keys."
  value       = data.aws_secretsmanager_secret.keys.arn
}

output "secret_arns" {
  description = "The secret of each process, by its name."
  value       = { for name, secret in aws_secretsmanager_secret.process : name => secret.arn }
}

output "values_from" {
  description = "What ECS is told for each process: the variable, and where its value is."
  value = {
    for name, variables in local.names : name => {
      for variable in variables : variable => "${aws_secretsmanager_secret.process[name].arn}:${variable}::"
    }
  }
}
