-- AlterEnum
ALTER TYPE "audit_action" ADD VALUE 'TWO_FACTOR_DROPPED';
