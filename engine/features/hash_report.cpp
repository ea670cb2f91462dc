// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/features/hash_report.hpp"

#include <cmath>
#include <unordered_map>

#include "engine/base/hash.hpp"
#include "engine/features/keys.hpp"

namespace rehearse::features {
namespace {

// Every distinct feature text once, and which of them each row holds.
struct FeatureTable {
  std::vector<std::uint64_t> hash;
  std::vector<std::vector<std::uint32_t>> of_row;  // by column, then by row
};

Result<FeatureTable> features_of(const Frame& rows, const std::vector<std::string>& columns,
                                 const FeatureText& text) {
  const Frame tables[] = {rows};
  FeatureTable table;
  std::unordered_map<std::string, std::uint32_t> known;
  for (const std::string& name : columns) {
    auto keys = Keys::of(tables, {name});
    if (!keys) return fail(keys.error());
    const Column& column = *rows.find(name);
    std::vector<std::uint32_t> of_key(keys->count());
    for (std::size_t k = 0; k < of_key.size(); ++k) {
      const std::string feature = text(column, keys->first(static_cast<std::int32_t>(k)).row);
      const auto [found, fresh] =
          known.try_emplace(feature, static_cast<std::uint32_t>(table.hash.size()));
      if (fresh) table.hash.push_back(fnv1a64(feature));
      of_key[k] = found->second;
    }
    std::vector<std::uint32_t> of_row(rows.rows());
    for (std::size_t row = 0; row < of_row.size(); ++row)
      of_row[row] = of_key[static_cast<std::size_t>(keys->table(0)[row])];
    table.of_row.push_back(std::move(of_row));
  }
  return table;
}

void expect(HashCount& count, double columns) {
  const double n = count.features, m = count.places,
               log_missed = std::log1p(-1 / m);  // of one other feature, by one place
  count.expected_taken = -m * std::expm1(n * log_missed);
  count.expected_sharing = -n * std::expm1((n - 1) * log_missed);
  count.expected_pairs = n * (n - 1) / (2 * m);
  count.expected_rows_touched = -std::expm1(columns * (n - 1) * log_missed);
}

HashCount counted(const FeatureTable& table, int bits) {
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  std::unordered_map<std::uint64_t, double> at;
  at.reserve(table.hash.size());
  for (const std::uint64_t hash : table.hash) at[hash & mask] += 1;
  HashCount count;
  count.bits = bits, count.places = std::ldexp(1.0, bits);
  count.features = static_cast<double>(table.hash.size());
  count.taken = static_cast<double>(at.size());
  for (const auto& [place, features] : at) count.pairs += features * (features - 1) / 2;
  std::vector<std::uint8_t> shares(table.hash.size());
  for (std::size_t f = 0; f < shares.size(); ++f) {
    shares[f] = at[table.hash[f] & mask] > 1;
    count.sharing += shares[f];
  }
  const std::size_t rows = table.of_row.front().size();
  std::size_t touched = 0;
  for (std::size_t row = 0; row < rows; ++row)
    for (const auto& of_row : table.of_row)
      if (shares[of_row[row]]) {
        ++touched;
        break;
      }
  count.rows_touched = static_cast<double>(touched) / static_cast<double>(rows);
  expect(count, static_cast<double>(table.of_row.size()));
  return count;
}

}  // namespace

Result<std::vector<HashCount>> hash_report(const Frame& rows,
                                           const std::vector<std::string>& columns,
                                           const std::vector<int>& bits, const FeatureText& text) {
  if (columns.empty() || rows.rows() == 0 || bits.empty())
    return fail(Code::bad_data, "there is nothing to hash: rows, columns and bits are needed");
  for (const int b : bits)
    if (b < 1 || b > 32)
      return fail(Code::invalid_argument, "{} bits: between 1 and 32 are possible", b);
  auto table = features_of(rows, columns, text);
  if (!table) return fail(table.error());
  std::vector<HashCount> counts;
  for (const int b : bits) counts.push_back(counted(*table, b));
  return counts;
}

Frame to_frame(const std::vector<HashCount>& counts) {
  std::vector<std::int32_t> bits;
  for (const HashCount& count : counts) bits.push_back(count.bits);
  Frame::Builder builder;
  builder.add("bits", std::move(bits));
  const std::pair<const char*, double HashCount::*> fields[] = {
      {"places", &HashCount::places},
      {"features", &HashCount::features},
      {"taken", &HashCount::taken},
      {"expected_taken", &HashCount::expected_taken},
      {"sharing", &HashCount::sharing},
      {"expected_sharing", &HashCount::expected_sharing},
      {"pairs", &HashCount::pairs},
      {"expected_pairs", &HashCount::expected_pairs},
      {"rows_touched", &HashCount::rows_touched},
      {"expected_rows_touched", &HashCount::expected_rows_touched}};
  for (const auto& [name, field] : fields) {
    std::vector<double> values;
    for (const HashCount& count : counts) values.push_back(count.*field);
    builder.add(name, std::move(values));
  }
  return *std::move(builder).build();
}

}  // namespace rehearse::features
