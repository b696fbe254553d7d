import polars as pl
class Providers:
    def __init__(self, f): self.f=f
    @classmethod
    def load(cls, source): return cls(source)
    def has_authorities(self, postcodes): return 'LA_CODE_INFERRED' in self.f.columns
    def pooled(self, postcodes): 
        f=self.f
        def l(c): return pl.col(c).str.split(",").flatten().drop_nulls() if c in f.columns else pl.lit(None,pl.String).drop_nulls()
        return f.group_by("URN",maintain_order=True).agg(PLACES=l("PLACE_CODES"),PROVIDERS=l("PROVIDER_CODES"),POSTCODES=l("POSTCODE"),AUTHORITIES=l("LA_CODE_INFERRED"),CLOSED=pl.col("REG_END").str.to_date("%d/%m/%Y",strict=False).min() if "REG_END" in f.columns else pl.lit(None,pl.Date).min()).with_row_index("row")
