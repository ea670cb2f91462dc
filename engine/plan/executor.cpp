// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/executor.hpp"

#include <condition_variable>
#include <mutex>
#include <new>
#include <set>
#include <thread>
#include <unordered_map>

#include "engine/plan/content_hash.hpp"
#include "engine/plan/expectation.hpp"
#include "engine/plan/source.hpp"

namespace rehearse::plan {
namespace {

std::string place(const Node& node) {
  return node.at.file.empty()
             ? node.step->name
             : fmt::format("{}:{}: {}", node.at.file, node.at.line, node.step->name);
}

// Calls a step; whatever it throws becomes an error with the script's line.
Result<Outputs> call_step(const Node& node, const StepCall& call, const StepContext& context) {
  Result<Outputs> outputs = fail(Code::internal, "{} returned nothing", node.step->name);
  try {
    outputs = node.step->run(call, context);
  } catch (const std::bad_alloc&) {
    return fail(
        Code::limit,
        "{}: there is not enough memory for this; make it smaller (fewer users, days or rows)",
        place(node));
  } catch (const std::exception& e) {
    return fail(Code::internal, "{}: a fault of ours: {}", place(node), e.what());
  }
  if (!outputs) return fail(outputs.error().code, "{}: {}", place(node), outputs.error().message);
  if (outputs->size() != node.output_count)
    return fail(Code::internal, "{}: the step made {} results where {} were declared", place(node),
                outputs->size(), node.output_count);
  return outputs;
}

StepCall call_of(const Node& node, const std::vector<std::shared_ptr<const Outputs>>& results) {
  StepCall call{{}, node.labels, node.parameters};
  for (const auto& [port, refs] : node.inputs)
    for (const Ref& ref : refs)
      call.inputs[port].push_back(
          (*results[static_cast<std::size_t>(ref.node)])[static_cast<std::size_t>(ref.output)]);
  return call;
}

// Each node must come after its inputs; a plan made by the tracer always does.
Result<void> check_order(const std::vector<Node>& nodes) {
  for (std::size_t i = 0; i < nodes.size(); ++i)
    for (const auto& [port, refs] : nodes[i].inputs)
      for (const Ref& ref : refs)
        if (ref.node < 0 || ref.node >= static_cast<int>(i))
          return fail(Code::invalid_argument,
                      "{}: its input `{}` depends on its own result (a cycle)", place(nodes[i]),
                      port);
  return {};
}

// One execution: the state that its threads share, behind one mutex.
class Execution {
 public:
  Execution(const Plan& plan, Cache& cache, const RunOptions& options)
      : plan_(plan), cache_(cache), options_(options), count_(plan.nodes.size()) {
    results_.resize(count_), reran_.assign(count_, false), hashes_.resize(count_),
        waiting_.assign(count_, 0);
    state_.assign(count_, State::unneeded), fraction_.assign(count_, 0), consumers_.resize(count_);
  }

  Result<Run> run() {
    const auto begin = std::chrono::steady_clock::now();
    if (auto ordered = check_order(plan_.nodes); !ordered) return fail(ordered.error());
    if (auto placed = place_inputs(); !placed) return fail(placed.error());
    const auto hash_of = [this](const Ref& ref) {
      const auto* own = given_.at(ref);
      return own ? own->hash : hashes_[static_cast<std::size_t>(ref.node)];
    };
    for (std::size_t i = 0; i < count_; ++i)
      hashes_[i] = content_hash(plan_.nodes[i], hash_of, plan_.seed);
    mark_needed();
    work();
    if (error_) return fail(error_->second);
    if (options_.stop.stop_requested()) return cancelled();
    Run run = summary();
    run.elapsed_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    return run;
  }

 private:
  enum class State { unneeded, blocked, ready, running, done };

  Result<void> place_inputs() {
    for (const auto& [name, frame] : options_.inputs) {
      auto placed = given_.add(plan_, name, frame);
      if (!placed) return fail(placed.error());
      has_truth_ = has_truth_ && *placed;
    }
    for (std::size_t i = 0; i < count_; ++i)
      if (given_.any_of(i)) results_[i] = given_.placed(i, Outputs(plan_.nodes[i].output_count));
    return {};
  }

  // Nodes that somebody looks at (or that nobody consumes) and all they depend on.
  void mark_needed() {
    std::vector<bool> consumed(count_, false), needed(count_, false);
    for (const Node& node : plan_.nodes)
      for (const auto& [port, refs] : node.inputs)
        for (const Ref& ref : refs) consumed[static_cast<std::size_t>(ref.node)] = true;
    mark_left();
    for (std::size_t i = count_; i-- > 0;) {
      const bool looked_at = !consumed[i] && !given_.any_of(i);
      needed[i] = !left_[i] && (needed[i] || looked_at);
      if (!needed[i]) continue;
      for (const auto& [port, refs] : plan_.nodes[i].inputs)
        for (const Ref& ref : refs)
          if (!given_.at(ref)) needed[static_cast<std::size_t>(ref.node)] = true;
    }
    for (std::size_t i = 0; i < count_; ++i) {
      if (needed[i])
        prepare(i);
      else if (given_.any_of(i))
        state_[i] = State::done;
    }
    for (std::size_t i = 0; i < count_; ++i) total_ += state_[i] != State::unneeded;
  }

  void mark_left() {
    left_.assign(count_, false);
    if (!options_.leave_repeats) return;
    for (std::size_t i = 0; i < count_; ++i) {
      left_[i] = !plan_.nodes[i].step->repeats.empty() && !cache_.find(hashes_[i]);
      for (const auto& [port, refs] : plan_.nodes[i].inputs)
        for (const Ref& ref : refs)
          left_[i] = left_[i] || (!given_.at(ref) && left_[static_cast<std::size_t>(ref.node)]);
    }
  }

  // The first node with the same hash; results with something given in them are nobody else's.
  std::size_t computed_by(std::size_t i) {
    return given_.any_of(i) ? i : first_with_.emplace(hashes_[i], i).first->second;
  }

  // Counts what a node waits for: its inputs, or the first node with the same hash.
  void prepare(std::size_t i) {
    std::set<std::size_t> inputs;
    const std::size_t first = computed_by(i);
    if (first != i) {
      inputs.insert(first);
    } else {
      for (const auto& [port, refs] : plan_.nodes[i].inputs)
        for (const Ref& ref : refs)
          if (!given_.at(ref)) inputs.insert(static_cast<std::size_t>(ref.node));
    }
    for (const std::size_t input : inputs) consumers_[input].push_back(i);
    waiting_[i] = inputs.size();
    state_[i] = inputs.empty() ? State::ready : State::blocked;
  }

  void work() {
    unsigned threads =
        options_.threads ? options_.threads : std::max(1U, std::thread::hardware_concurrency());
    threads = std::min<unsigned>(threads, static_cast<unsigned>(std::max<std::size_t>(1, total_)));
    step_threads_ = threads;
    std::vector<std::jthread> others;
    for (unsigned t = 1; t < threads; ++t) others.emplace_back([this] { loop(); });
    loop();
  }

  void loop() {
    std::unique_lock lock(mutex_);
    while (true) {
      const auto next = take_ready();
      if (next == count_) {
        if (running_ == 0 || stopping()) break;
        changed_.wait(lock);
        continue;
      }
      state_[next] = State::running;
      ++running_;
      lock.unlock();
      auto outputs = obtain(next);
      lock.lock();
      --running_;
      finish(next, std::move(outputs));
      changed_.notify_all();
    }
    changed_.notify_all();
  }

  bool stopping() const { return error_ || options_.stop.stop_requested(); }

  // The first ready node, count_ where there is none to start.
  std::size_t take_ready() const {
    if (stopping()) return count_;
    for (std::size_t i = 0; i < count_; ++i)
      if (state_[i] == State::ready) return i;
    return count_;
  }

  Result<std::shared_ptr<const Outputs>> obtain(std::size_t i) {
    if (const auto first = first_with_.find(hashes_[i]);
        first != first_with_.end() && first->second != i && !given_.any_of(i)) {
      const std::lock_guard lock(mutex_);
      return results_[first->second];
    }
    if (auto cached = cache_.find(hashes_[i])) return cached;
    StepCall call;
    {
      const std::lock_guard lock(mutex_);
      call = call_of(plan_.nodes[i], results_);
    }
    StepContext context{plan_.seed,
                        Progress(options_.stop, [this, i](double f) { note_progress(i, f); }),
                        step_threads_};
    auto outputs = call_step(plan_.nodes[i], call, context);
    if (!outputs) return fail(outputs.error());
    auto shared = std::make_shared<const Outputs>(std::move(*outputs));
    cache_.insert(hashes_[i], shared);
    const std::lock_guard lock(mutex_);
    reran_[i] = true;
    return shared;
  }

  // With the lock held.
  void finish(std::size_t i, Result<std::shared_ptr<const Outputs>> outputs) {
    if (!outputs) {
      // Of several failures the one that stands first in the script is reported.
      if (outputs.error().code != Code::cancelled || !options_.stop.stop_requested())
        if (!error_ || i < error_->first) error_ = {i, outputs.error()};
      return;
    }
    results_[i] = given_.any_of(i) ? given_.placed(i, **outputs) : std::move(*outputs);
    state_[i] = State::done;
    fraction_[i] = 1;
    for (const std::size_t consumer : consumers_[i])
      if (--waiting_[consumer] == 0) state_[consumer] = State::ready;
    report(i);
  }

  void note_progress(std::size_t i, double fraction) {
    if (!options_.on_progress) return;
    const std::lock_guard lock(mutex_);
    fraction_[i] = fraction;
    report(i);
  }

  // With the lock held, so that progress arrives in order.
  void report(std::size_t i) const {
    if (!options_.on_progress) return;
    double sum = 0;
    for (const double f : fraction_) sum += f;
    options_.on_progress({static_cast<int>(i), plan_.nodes[i].step->name, fraction_[i],
                          total_ ? sum / static_cast<double>(total_) : 1});
  }

  Run summary() {
    Run run;
    run.outputs = std::move(results_);
    run.reran = std::move(reran_);
    run.node_count = total_;
    for (const bool again : run.reran) run.reran_count += again;
    run.has_truth = has_truth_;
    run.left = std::move(left_);
    for (const Expectation& e : plan_.expectations)
      run.checks.push_back(judge(e, run.at(e.measured)));
    for (const Expectation& e : plan_.goals) run.goals.push_back(judge(e, run.at(e.measured)));
    return run;
  }

  const Plan& plan_;
  Cache& cache_;
  const RunOptions& options_;
  const std::size_t count_;
  std::vector<std::shared_ptr<const Outputs>> results_;
  std::vector<bool> reran_, left_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::size_t> waiting_;
  std::vector<State> state_;
  std::vector<double> fraction_;
  std::vector<std::vector<std::size_t>> consumers_;
  GivenTables given_;
  std::unordered_map<std::uint64_t, std::size_t> first_with_;
  std::optional<std::pair<std::size_t, Error>> error_;
  std::size_t total_ = 0, running_ = 0;
  unsigned step_threads_ = 1;
  bool has_truth_ = true;
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace

ArtifactPtr Run::at(Ref ref) const {
  if (ref.node < 0 || ref.node >= static_cast<int>(outputs.size())) return nullptr;
  const auto& made = outputs[static_cast<std::size_t>(ref.node)];
  return made && ref.output < static_cast<int>(made->size())
             ? (*made)[static_cast<std::size_t>(ref.output)]
             : nullptr;
}

Result<Run> execute(const Plan& plan, Cache& cache, const RunOptions& options) {
  return Execution(plan, cache, options).run();
}

Result<std::vector<ArtifactPtr>> SubPlan::run(const std::vector<ArtifactPtr>& inputs,
                                              const StepContext& context) const {
  if (inputs.size() != placeholders.size())
    return fail(Code::internal, "the loop takes {} inputs, {} were given", placeholders.size(),
                inputs.size());
  std::vector<std::shared_ptr<const Outputs>> made(nodes.size());
  for (std::size_t i = 0; i < inputs.size(); ++i)
    made[i] = std::make_shared<const Outputs>(Outputs{inputs[i]});
  for (std::size_t i = inputs.size(); i < nodes.size(); ++i) {
    auto outputs = call_step(nodes[i], call_of(nodes[i], made), context);
    if (!outputs) return fail(outputs.error());
    made[i] = std::make_shared<const Outputs>(std::move(*outputs));
  }
  std::vector<ArtifactPtr> wanted;
  for (const Ref& ref : results)
    wanted.push_back(
        (*made[static_cast<std::size_t>(ref.node)])[static_cast<std::size_t>(ref.output)]);
  return wanted;
}

}  // namespace rehearse::plan
