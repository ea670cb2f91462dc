// SPDX-License-Identifier: GPL-3.0-or-later
//
// Embeddings at serving time: a question's vector is kept from before or made by an encoder behind
// a queue; documents' vectors are made beforehand, or with each question.
#include <cmath>

#include "engine/base/random.hpp"
#include "engine/serving/popularity_cache.hpp"
#include "engine/steps/parameters.hpp"
#include "engine/steps/serve_call.hpp"

namespace rehearse::steps {
namespace {

constexpr double kMegabytes = 1 << 20, kMegabytesOfGigabyte = 1024;
constexpr double kWarmUp = 0.25;  // share of the requests more, before those that count
constexpr double kMsAnHour = 3.6e6;
constexpr std::size_t kMostFilling = 1'000'000;

// Whether each counted request finds its vector kept. A full LRU cache holds the last `capacity`
// different things that were asked for, whenever it began; so it is filled before anything counts.
std::vector<std::uint8_t> hits_of(std::span<const double> popularity, std::size_t capacity,
                                  std::size_t requests, std::uint64_t seed) {
  const AliasTable table(popularity);
  Stream stream(seed, "serving.question");
  serving::LruCache cache(capacity);
  for (std::size_t i = 0; i < kMostFilling && cache.size() < capacity; ++i)
    cache.ask(table.draw(stream));
  const auto warm = static_cast<std::size_t>(kWarmUp * static_cast<double>(requests));
  for (std::size_t i = 0; i < warm; ++i) cache.ask(table.draw(stream));
  std::vector<std::uint8_t> hits;
  for (std::size_t i = 0; i < requests; ++i) hits.push_back(cache.ask(table.draw(stream)));
  return hits;
}

double share_of(const std::vector<std::uint8_t>& hits) {
  double sum = 0;
  for (const std::uint8_t hit : hits) sum += hit;
  return sum / static_cast<double>(hits.size());
}

serving::QueueOptions encoder_queue(const StepCall& call, const StepContext& context,
                                    double questions_per_s, std::size_t requests) {
  serving::QueueOptions o;
  const auto texts = 1 + static_cast<double>(call.integer("documents_online"));
  o.rate_per_s = questions_per_s;
  o.servers = static_cast<int>(call.integer("encoders"));
  o.service = {serving::LawKind::deterministic, texts * call.number("encode_ms"), 0};
  o.batch = static_cast<int>(call.integer("batch"));
  o.batch_wait_ms = call.number("batch_wait_ms");
  o.overhead_ms = call.number("overhead_ms");
  o.requests = requests;
  o.seed = context.seed;
  return o;
}

// Of all requests, and NaN with the reason where the encoders' line grows for ever.
struct EmbeddedLatency {
  serving::Percentile p50, p95, p99;
  double utilization = 0, batch = std::nan("");
};

Result<EmbeddedLatency> latency_of(const StepCall& call, const StepContext& context,
                                   const std::vector<std::uint8_t>& hits) {
  // With documents to embed a kept question still goes to the encoder.
  const bool all_encoded = call.integer("documents_online") > 0;
  const double missed = all_encoded ? 1 : 1 - share_of(hits);
  const double search_ms = call.number("search_ms"), hit_ms = call.number("hit_ms");
  EmbeddedLatency latency;
  std::vector<serving::Request> encoded;
  if (missed > 0) {
    const auto options = encoder_queue(
        call, context, missed * call.number("rate"),
        static_cast<std::size_t>(std::llround(missed * static_cast<double>(hits.size()))));
    latency.utilization = serving::utilization(options);
    auto requests = serving::simulate_queue(options, context.progress);
    if (!requests) return fail(requests.error());
    encoded = *std::move(requests);
    const QueueReport report = queue_report(options, encoded);
    latency.batch = report.batch;
    if (latency.utilization >= 1) {
      latency.p50 = latency.p95 = latency.p99 = report.p50;
      return latency;
    }
  }
  std::vector<double> all;
  std::size_t next = 0;
  for (const std::uint8_t hit : hits) {
    const bool at_once = hit && !all_encoded;
    if (!at_once && next == encoded.size()) break;
    all.push_back(hit_ms + search_ms + (at_once ? 0 : encoded[next++].latency_ms()));
  }
  latency.p50 = serving::percentile(all, 0.5), latency.p95 = serving::percentile(all, 0.95);
  latency.p99 = serving::percentile(all, 0.99);
  return latency;
}

Result<Frame> embeddings_report(const StepCall& call, const EmbeddedLatency& latency, double hits,
                                double by_formula) {
  Frame::Builder builder;
  const double vector_bytes =
      static_cast<double>(call.integer("dims")) * static_cast<double>(call.integer("bytes"));
  const double kept =
      static_cast<double>(call.integer("documents_online") > 0 ? 0 : call.integer("documents"));
  add_figure(builder, "hit_rate", hits, ""),
      add_figure(builder, "hit_rate_by_formula", by_formula, "");
  add_figure(builder, "p50_ms", latency.p50.value, "ms"),
      add_figure(builder, "p95_ms", latency.p95.value, "ms");
  add_figure(builder, "p99_ms", latency.p99.value, "ms"),
      add_figure(builder, "utilization", latency.utilization, "");
  add_figure(builder, "batch", latency.batch, "");
  add_figure(builder, "cache_megabytes",
             static_cast<double>(call.integer("cache")) * vector_bytes / kMegabytes, "MB");
  add_figure(builder, "document_megabytes", kept * vector_bytes / kMegabytes, "MB");
  add_figure(builder, "encoders", static_cast<double>(call.integer("encoders")), "");
  const double gigabytes = (static_cast<double>(call.integer("cache")) + kept) * vector_bytes /
                           kMegabytes / kMegabytesOfGigabyte;
  add_figure(builder, "cost_per_month",
             static_cast<double>(call.integer("encoders")) * call.number("encoder_price") +
                 gigabytes * call.number("gigabyte_price"),
             "$");
  // In full batches, on all encoders, with nothing else to do.
  const double ms_a_document =
      call.number("encode_ms") +
      call.number("overhead_ms") / static_cast<double>(call.integer("batch"));
  add_figure(builder, "reembed_hours",
             kept * ms_a_document / static_cast<double>(call.integer("encoders")) / kMsAnHour, "h");
  builder.add("why", std::vector<std::string>{latency.p99.why});
  return std::move(builder).build();
}

// Hit rate by the size of the cache.
Result<Frame> hit_rate_curve(std::span<const double> popularity, std::size_t requests,
                             std::uint64_t seed) {
  std::vector<std::string> series;
  std::vector<double> sizes, rates;
  const auto point = [&](const char* name, std::size_t size, double rate) {
    series.emplace_back(name), sizes.push_back(static_cast<double>(size)), rates.push_back(rate);
  };
  for (std::size_t size = 10; size < popularity.size(); size *= 3) {
    point("LRU, simulated", size, share_of(hits_of(popularity, size, requests, seed)));
    point("LRU, by Che's formula", size, serving::che_hit_rate(popularity, size));
    point("best possible: the most popular, known beforehand", size,
          serving::best_hit_rate(popularity, size));
  }
  Frame::Builder builder;
  builder.add("series", series).add("entries", std::move(sizes)).add("hit_rate", std::move(rates));
  return std::move(builder).build();
}

Result<Outputs> run_serve_embeddings(const StepCall& call, const StepContext& context) {
  auto popularity = serving::zipf_popularity(static_cast<std::size_t>(call.integer("questions")),
                                             call.number("zipf"));
  if (!popularity) return fail(popularity.error());
  const auto requests = static_cast<std::size_t>(call.integer("requests"));
  const auto capacity = static_cast<std::size_t>(call.integer("cache"));
  const std::vector<std::uint8_t> hits = hits_of(*popularity, capacity, requests, context.seed);
  auto latency = latency_of(call, context, hits);
  if (!latency) return fail(latency.error());
  return two(embeddings_report(call, *latency, share_of(hits),
                               serving::che_hit_rate(*popularity, capacity)),
             hit_rate_curve(*popularity, requests, context.seed));
}

std::vector<plan::Parameter> embeddings_parameters() {
  return {
      number_parameter("rate", 300, 1e-3, 1e6, "questions a second", "questions/s"),
      integer_parameter("questions", 20000, 1, 1000000, "different questions that people ask"),
      number_parameter("zipf", 0.9, 0, 5, "exponent of their popularity: 0 is all alike"),
      integer_parameter("cache", 0, 0, 1000000, "vectors of questions that are kept (LRU)"),
      number_parameter("hit_ms", 0.5, 0, 1000, "to look a vector up", "ms"),
      integer_parameter("encoders", 1, 1, 1000, "encoders behind the one line"),
      number_parameter("encode_ms", 1, 0, 1000, "of an encoder for each text", "ms"),
      number_parameter("overhead_ms", 6, 0, 1000, "of an encoder for each batch", "ms"),
      integer_parameter("batch", 8, 1, 1024, "questions encoded together at most"),
      number_parameter("batch_wait_ms", 0, 0, 1000, "how long the first waits for company", "ms"),
      integer_parameter("documents_online", 0, 0, 10000,
                        "documents embedded with each question; 0: all were beforehand"),
      number_parameter("search_ms", 5, 0, 1000, "of the search once there is a vector", "ms"),
      integer_parameter("documents", 1000000, 0, 1e12, "whose vectors are kept beforehand"),
      integer_parameter("dims", 384, 1, 100000, "numbers of a vector"),
      integer_parameter("bytes", 4, 1, 8, "of a number: 4 float, 2 half, 1 quantized"),
      number_parameter("encoder_price", 400, 0, 1e6, "of an encoder a month", "$"),
      number_parameter("gigabyte_price", 10, 0, 1e6, "of a gigabyte of memory a month", "$"),
      integer_parameter("requests", 20000, 100, 1e6, "questions simulated")};
}

const StepRegistration kServeEmbeddings{{
    .name = "serve.embeddings",
    .version = 2,
    .sentence = "Embeddings at serving time: vectors kept in a cache, or made by encoders that "
                "batch; percentiles of all questions, memory, hit rate by size of the cache.",
    .example = "local report, hits = serve.embeddings { rate = 300, cache = 2000, batch = 8 }",
    .outputs = {{.name = "report",
                 .kind = Kind::frame,
                 .sentence = "one row: hit_rate, p50_ms, p95_ms, p99_ms, utilization, batch, "
                             "cache_megabytes, document_megabytes, cost_per_month, reembed_hours"},
                {.name = "hits", .kind = Kind::frame, .sentence = "series, entries, hit_rate"}},
    .parameters = embeddings_parameters(),
    .run = run_serve_embeddings,
}};

}  // namespace
}  // namespace rehearse::steps
