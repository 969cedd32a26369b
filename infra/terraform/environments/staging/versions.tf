terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    vercel = {
      source  = "vercel/vercel"
      version = "~> 4.8"
    }
  }

  # The bucket is that of bootstrap: terraform init -backend-config=bucket=... -backend-config=region=...
  backend "s3" {
    key          = "staging.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      Project     = "socialhub"
      Environment = "staging"
      ManagedBy   = "terraform"
    }
  }
}

# Its token is in VERCEL_API_TOKEN.
provider "vercel" {
  team = var.vercel_team
}
