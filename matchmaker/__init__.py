"""Temu Mitra: regions, companies and campuses find each other and agree to work together."""
