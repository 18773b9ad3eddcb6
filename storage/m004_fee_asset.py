"""Version 4 of the tables: a fee may be paid in another asset than the target."""

_FEE_ASSET = "ALTER TABLE fill ADD COLUMN fee_asset TEXT"

_WITHOUT_IT = "DROP VIEW conversion_with_fills"

_CONVERSION_WITH_FILLS = """
CREATE VIEW conversion_with_fills AS
SELECT conversion.*, (
    SELECT json_group_array(json_array(fill.position, json_object(
        'trade_id', fill.trade_id, 'asset', fill.asset, 'amount', fill.amount, 'gross', fill.gross,
        'fee', fill.fee, 'at', fill.at, 'fee_asset', fill.fee_asset)))
    FROM fill WHERE fill.conversion_id = conversion.id
) AS fills
FROM conversion
"""

STATEMENTS = (_FEE_ASSET, _WITHOUT_IT, _CONVERSION_WITH_FILLS)
