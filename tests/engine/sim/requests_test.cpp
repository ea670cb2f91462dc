// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/requests.hpp"

#include <catch2/catch.hpp>
#include <cmath>

TEST_CASE("requests: counts keep their rates on good days and in outages") {
  using namespace rehearse;
  sim::RequestOptions o;
  o.days = 60, o.error_rate = 0.001;
  const auto made = sim::simulate_requests(o);
  REQUIRE(made);
  CHECK(made->rows() == 60 * 1440);
  double requests = 0, errors = 0, truth = 0;
  for (std::size_t row = 0; row < made->rows(); ++row) {
    const double n = made->find("requests")->number(row),
                 rate = made->find("error_rate")->number(row);
    const std::string_view outage = made->find("outage")->text(row);
    requests += n, errors += made->find("errors")->number(row), truth += n * rate;
    CHECK_FALSE(made->find("errors")->number(row) > n);
    if (outage.empty()) CHECK(rate == 0.001);
    if (outage == "crash") CHECK(rate == Approx(0.301));
    if (made->find("harmful")->number(row) != (!outage.empty() && outage != "blip"))
      FAIL("harm of `" << outage << "` at minute " << row);
  }
  CHECK(requests / static_cast<double>(made->rows()) == Approx(600).epsilon(0.005));
  CHECK(errors == Approx(truth).epsilon(5 / std::sqrt(truth)));
}

TEST_CASE("requests: none of an outage asked for, none there; bad options are refused") {
  using namespace rehearse;
  sim::RequestOptions o;
  o.days = 5, o.blips_a_day = 0, o.crash_days = o.partial_days = o.leak_days = 1e6;
  const auto made = sim::simulate_requests(o);
  REQUIRE(made);
  CHECK(made->find("outage")->missing_count() == made->rows());
  o.error_rate = 0.9;
  CHECK_FALSE(sim::simulate_requests(o));
  o.error_rate = NAN;
  CHECK_FALSE(sim::simulate_requests(o));
}
