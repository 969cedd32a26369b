output "url" {
  description = "Where the web is."
  value       = "https://${vercel_project_domain.this.domain}"
}

output "project_id" {
  description = "The project on Vercel."
  value       = vercel_project.this.id
}
