"""How updates come from Telegram, wait their turn and are done; and how what is sent gets there.

`polling` is the whole way. Updates come by `fetching` or by a `webhook`, both of them `arrivals`,
are written into the `inbox`, and wait in `turns` for `handling`. What is `sent` is noted; `flood`
and `pace` keep Telegram's limits, and `wire` is its HTTP side.
"""
