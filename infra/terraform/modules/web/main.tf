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
