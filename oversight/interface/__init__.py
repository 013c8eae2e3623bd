"""What all pages share: layout, forms, components, tables, error pages. It knows no domain."""
