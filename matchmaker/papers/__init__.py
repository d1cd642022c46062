"""The papers of a cooperation: what is known of it, written as the customary drafts, as PDF and as editable DOCX."""
