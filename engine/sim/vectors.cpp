// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/sim/vectors.hpp"

#include <cmath>

#include "engine/base/random.hpp"
#include "engine/base/ranges.hpp"

namespace rehearse::sim {
namespace {

constexpr double kMostNumbers = 2e7;

Result<void> check_vectors(const VectorOptions& o) {
  if (auto fine = check_ranges({{"vectors", o.vectors, 1, 200'000},
                                {"queries", o.queries, 1, 20'000},
                                {"dims", o.dims, 2, 1024},
                                {"topics", o.topics, 1, 5000},
                                {"intrinsic", o.intrinsic, 1, o.dims},
                                {"spread", o.spread, 0, 10},
                                {"noise", o.noise, 0, 10},
                                {"lengths", o.lengths, 0, 3}});
      !fine)
    return fine;
  const double numbers = (static_cast<double>(o.vectors) + o.queries) * o.dims;
  if (numbers > kMostNumbers)
    return fail(Code::limit, "{:g} numbers are asked for; at most {:g} are made", numbers,
                kMostNumbers);
  return {};
}

std::vector<double> normals(StreamKey key, std::uint64_t replicate, std::uint64_t entity,
                            int count) {
  Stream stream(key, replicate, entity);
  std::vector<double> drawn;
  for (int i = 0; i < count; ++i) drawn.push_back(stream.normal());
  return drawn;
}

class VectorLaw {
 public:
  explicit VectorLaw(const VectorOptions& o) : o_(o) {
    const StreamKey map = stream_key(o.seed, "vector.map"),
                    topic = stream_key(o.seed, "vector.topic");
    for (int d = 0; d < o.dims; ++d) {
      map_.push_back(normals(map, 0, static_cast<std::uint64_t>(d), o.intrinsic));
      for (double& weight : map_.back()) weight /= std::sqrt(o.intrinsic);
    }
    for (int t = 0; t < o.topics; ++t)
      centres_.push_back(normals(topic, 0, static_cast<std::uint64_t>(t), o.intrinsic));
  }

  // Writes a vector and gives its topic.
  std::size_t draw(Stream stream, std::vector<double>& into) const {
    const std::size_t topic = stream.below(static_cast<std::uint64_t>(o_.topics));
    std::vector<double> inner = centres_[topic];
    for (double& x : inner) x += o_.spread * stream.normal();
    double squares = 0;
    into.clear();
    for (const std::vector<double>& row : map_) {
      double sum = o_.noise * stream.normal();
      for (std::size_t i = 0; i < inner.size(); ++i) sum += row[i] * inner[i];
      into.push_back(sum), squares += sum * sum;
    }
    const double scale = std::exp(o_.lengths * stream.normal()) / std::sqrt(squares);
    for (double& x : into) x *= scale;
    return topic;
  }

 private:
  const VectorOptions& o_;
  std::vector<std::vector<double>> map_, centres_;  // by dimension; by topic
};

Result<Frame> drawn_vectors(const VectorOptions& o, const VectorLaw& law, const char* process,
                            const char* id, int count, const Progress& progress) {
  const StreamKey key = stream_key(o.seed, process);
  std::vector<std::int32_t> ids, topics;
  std::vector<std::vector<float>> columns(static_cast<std::size_t>(o.dims));
  std::vector<double> numbers;
  for (int i = 0; i < count; ++i) {
    if (i % 1024 == 0 && !progress.report(static_cast<double>(i) / count)) return cancelled();
    const std::size_t topic =
        law.draw(Stream(key, o.replicate, static_cast<std::uint64_t>(i)), numbers);
    ids.push_back(i + 1), topics.push_back(static_cast<std::int32_t>(topic + 1));
    for (std::size_t d = 0; d < columns.size(); ++d)
      columns[d].push_back(static_cast<float>(numbers[d]));
  }
  Frame::Builder builder;
  builder.add(id, std::move(ids), {.role = Role::id});
  builder.add("topic", std::move(topics));
  for (std::size_t d = 0; d < columns.size(); ++d)
    builder.add(fmt::format("v{}", d + 1), std::move(columns[d]), {.role = Role::feature});
  return std::move(builder).build();
}

}  // namespace

Result<SimulatedVectors> simulate_vectors(const VectorOptions& o, const Progress& progress) {
  if (auto fine = check_vectors(o); !fine) return fail(fine.error());
  const VectorLaw law(o);
  auto vectors = drawn_vectors(o, law, "vector.point", "vector", o.vectors, progress);
  if (!vectors) return fail(vectors.error());
  auto queries = drawn_vectors(o, law, "vector.query", "query", o.queries, progress);
  if (!queries) return fail(queries.error());
  return SimulatedVectors{*std::move(vectors), *std::move(queries)};
}

}  // namespace rehearse::sim
