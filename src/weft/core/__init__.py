"""What has no domain: access, errors, forms, text, money, pictures."""
