"""What people read: the report as one page, a workbook and plain tables."""
