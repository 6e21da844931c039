"""What we learned."""
