-- AlterEnum
ALTER TYPE "media_status" ADD VALUE 'DELETED';
