// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small click logs for the tests of encoders: a key, a time, a click and its arrival.
#pragma once

#include <string>
#include <vector>

#include "engine/base/frame.hpp"
#include "engine/base/random.hpp"

namespace rehearse::features::testing {

constexpr std::int64_t kSecond = 1000000;
constexpr std::int64_t kHour = 3600 * kSecond;

struct SmallLog {
  std::vector<std::int64_t> time, arrival;  // microseconds; arrival -1: no click
  std::vector<std::int32_t> user;
  std::vector<std::uint8_t> click;

  Frame frame() const {
    std::vector<std::uint8_t> arrived;
    for (const std::int64_t moment : arrival) arrived.push_back(moment >= 0);
    Frame::Builder builder;
    builder.add("user_id", user, {.role = Role::id});
    builder.add_time("time", time, {.role = Role::time});
    builder.add_time("click_arrival", arrival, {.role = Role::time}).missing(arrived);
    builder.add("click", click, {.role = Role::label});
    return *std::move(builder).build();
  }
};

// Rows in order of time, several of one instant, clicks that arrive hours later. The draws of row i
// are those of entity i: a longer log begins with a shorter one.
inline SmallLog small_log(std::size_t rows, std::uint64_t seed, int users = 5) {
  SmallLog log;
  std::int64_t now = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    Stream stream(seed, "test.log", 0, i);
    now += static_cast<std::int64_t>(stream.below(3)) * kHour / 2;
    log.time.push_back(now);
    log.user.push_back(static_cast<std::int32_t>(stream.below(static_cast<std::uint64_t>(users))));
    const bool click = stream.bernoulli(0.4);
    const auto delay = static_cast<std::int64_t>(stream.below(6)) * kHour;
    log.click.push_back(click);
    log.arrival.push_back(click ? now + delay : -1);
  }
  return log;
}

}  // namespace rehearse::features::testing
