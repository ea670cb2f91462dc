design "Burn rates: how fast is the budget going?" {
  asks = "The objective is that 99.9% of requests succeed. An alert on five bad minutes pages twice a day, an alert on the monthly number pages when the month is lost. What do you alert on, and how long until it speaks?",
  covers = { "S06-C06", "S14-C08" },
  seed = 3,
}

chapter "A budget, and two bad alerts" [[
Sixty days of a service, minute by minute: 600 requests a minute, three in ten thousand fail on a good day. Now and then it breaks. A crash fails 30% of requests for eight minutes, a partial outage 3% for forty-five. A leak fails 0.3% for twenty hours, and nobody notices. Once or twice a day an instance restarts and fails a fifth of the requests for one minute, which is over before anyone has found the phone.

An objective of 99.9% leaves a budget: one request in a thousand, over thirty days, may fail. A crash spends some 5% of it in eight minutes. The leak spends more, quietly.

The obvious alert compares the last five minutes with the objective. It sees every outage, and every restart too. The other obvious alert waits until the budget of the month is gone. It is never wrong and always late.
]]
local target = choice("objective", "0.999", { "0.99", "0.995", "0.999", "0.9995" })
local stream = source("stream", simulate.requests { days = 60 }, { "minute", "requests", "errors" })
local naive = monitor.slo { stream, target = tonumber(target), fast_burn = 5, fast_hours = 1 / 12, short_share = 1, slow_burn = 0, ticket_burn = 0,
  as = "five minutes, x1, x2, x3, naive" }
show.table { naive, title = "An alert on five minutes of five times the budget's pace",
  see = "all outages are caught within ten minutes, at fourteen pages a week, of which five in eight are restarts" }

chapter "Burn rate" [[
Divide the share of bad requests by the share that the objective allows. That is the burn rate: at 1 the budget lasts exactly its thirty days, at 14.4 two percent of it go in an hour, at 300 it is gone in under three.

An alert on a burn rate over a window has a closed form. At a constant burn b it fires after window × threshold / b, and by then it has spent window × threshold of the period's budget, whatever b was. So the threshold and the window are not two knobs for taste. Their product is the price you agree to pay before anybody is called.

One window is not enough. A long window is sure and slow to forget: an hour after the crash is mended it would still be paging. So a second, short window, a twelfth of the long one, must burn as well. It ends the alert within minutes of the end, and it takes no part in when it begins.
]]
local fast_burn = slider("fast rule: burn rate", 14.4, { 2.0, 100.0, scale = "log" })
local fast_hours = slider("fast rule: window", 1.0, { 0.1, 12.0, scale = "log", unit = "hours" })
local slow_burn = slider("slow rule: burn rate", 6.0, { 1.0, 30.0, scale = "log" })
local slow_hours = slider("slow rule: window", 6.0, { 1.0, 72.0, scale = "log", unit = "hours" })
show.line { monitor.burn { fast_burn = fast_burn, fast_hours = fast_hours, slow_burn = slow_burn, slow_hours = slow_hours, as = "closed form" },
  y = "minutes_to_page", by = "burn", log_x = true, log_y = true,
  title = "Minutes to a page at a constant burn rate, closed form", x_title = "burn rate", y_title = "minutes until the rule fires",
  see = "each rule is a line that begins at its threshold: a total outage is paged within a minute, the leak, at a burn of 3.3, by nothing but the ticket, and only after most of a day" }

chapter "Three rules on sixty days" [[
The usual set has three. Fast: 14.4 over an hour, which has cost 2% of the month. Slow: 6 over six hours, 5%. And a ticket for the morning: 1 over three days, 10%. The table holds them against what really happened.

Severity follows from the same number. What spends the month within hours wakes somebody. What spends it within days can wait for the morning, and what spends it on schedule is what the budget is for: a team that never spends any is moving too slowly.
]]
local rules, burns, budget, pages, paged = monitor.slo { stream, target = tonumber(target), fast_burn = fast_burn, fast_hours = fast_hours,
  slow_burn = slow_burn, slow_hours = slow_hours, as = "rules, burns, budget, pages, paged" }
show.table { rules, title = "What each rule was worth",
  see = "the fast rule catches every crash and every partial outage with no useless page, but none of the leaks: three outages in twelve are seen by the ticket alone; budget_spent is what was gone of the month when it spoke" }
show.table { pages, rows = 16, title = "The first pages and tickets",
  see = "a crash sets off fast, then slow; the two have one cause and should be one page, which the row `any page` above counts" }
show.line { budget, y = "budget_left", by = "day", guide = 0,
  title = "What is left of a thirty-day budget, from the first day", x_title = "day", y_title = "share of the budget",
  see = "steps are outages and the slope between them is the good days, which alone spend 30%; around day 41 the first budget is gone" }

expect.above { naive, "pages_a_week", 7, when = target == "0.999", because = "a restart is a burn of 200 for one minute" }
expect.below { paged, "pages_a_week", 3, when = target == "0.999" and fast_hours >= 0.9 and fast_burn >= 10 and slow_hours >= 4 and slow_burn >= 5, because = "an hour forgives a minute" }

challenge "Page within eight minutes on average, with at most one useless page in sixty days, and still see 70% of the outages" {
  goal.below { paged, "delay_minutes", 8 },
  goal.below { paged, "useless_pages", 2 },
  goal.above { paged, "recall", 0.7 },
}
