ephemeral "aws_secretsmanager_secret_version" "web" {
  secret_id = var.secret_id
}

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

# Write-only: in neither state nor plan, and on Vercel nobody can read it back.
resource "vercel_project_environment_variable" "identity_keys" {
  project_id       = vercel_project.this.id
  key              = "IDENTITY_KEYS"
  value_wo         = jsondecode(ephemeral.aws_secretsmanager_secret_version.web.secret_string).IDENTITY_KEYS
  value_wo_version = var.secret_version
  target           = ["production"]
  sensitive        = true
}
