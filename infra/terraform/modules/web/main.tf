resource "vercel_project" "this" {
  name                       = var.name
  framework                  = "nextjs"
  root_directory             = "web"
  serverless_function_region = var.region
  git_fork_protection        = true
  skew_protection            = "12 hours"

  git_repository = {
    type              = "github"
    repo              = var.repository
    production_branch = var.branch
  }

  # Previews are for those who are in the team.
  vercel_authentication = {
    deployment_type = "standard_protection"
  }
}

resource "vercel_project_domain" "this" {
  project_id = vercel_project.this.id
  domain     = var.domain
}

resource "vercel_project_environment_variable" "plain" {
  for_each = var.environment

  project_id = vercel_project.this.id
  key        = each.key
  value      = each.value
  target     = ["production"]
  sensitive  = false
}

# Previews are of a gateway of their own, and hold no key of production's.
resource "vercel_project_environment_variable" "preview" {
  for_each = var.preview_environment

  project_id = vercel_project.this.id
  key        = each.key
  value      = each.value
  target     = ["preview"]
  sensitive  = false
}

ephemeral "aws_secretsmanager_secret_version" "keys" {
  secret_id = var.keys_secret_id
}

# With it the pages sign where each browser is. It is in no state; Vercel shows it to nobody.
resource "vercel_project_environment_variable" "identity_keys" {
  project_id       = vercel_project.this.id
  key              = "IDENTITY_KEYS"
  value_wo         = jsondecode(ephemeral.aws_secretsmanager_secret_version.keys.secret_string).IDENTITY_KEYS.web
  value_wo_version = var.secrets_version
  target           = ["production"]
  sensitive        = true
}
