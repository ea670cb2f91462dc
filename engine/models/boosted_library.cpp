// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/models/boosted_library.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <xgboost/c_api.h>

namespace rehearse::models {
namespace {

struct Library {
  decltype(&XGBGetLastError) last_error = nullptr;
  decltype(&XGDMatrixCreateFromMat) matrix_create = nullptr;
  decltype(&XGDMatrixSetFloatInfo) matrix_set = nullptr;
  decltype(&XGDMatrixFree) matrix_free = nullptr;
  decltype(&XGBoosterCreate) create = nullptr;
  decltype(&XGBoosterFree) free = nullptr;
  decltype(&XGBoosterSetParam) set = nullptr;
  decltype(&XGBoosterUpdateOneIter) update = nullptr;
  decltype(&XGBoosterBoostOneIter) boost = nullptr;
  decltype(&XGBoosterPredictFromDMatrix) predict = nullptr;
  decltype(&XGBoosterSlice) slice = nullptr;
  decltype(&XGBoosterSaveModelToBuffer) save = nullptr;
  decltype(&XGBoosterLoadModelFromBuffer) load = nullptr;
  std::string why_not;  // empty when it is there

  Library() {
    void* file = dlopen("libxgboost.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!file) {
      why_not = "boosted trees need the library XGBoost, which is not installed (libxgboost0)";
      return;
    }
    const auto find = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(file, name));
      if (!function) why_not = fmt::format("this XGBoost is too old: it has no {}", name);
    };
    find(last_error, "XGBGetLastError");
    find(matrix_create, "XGDMatrixCreateFromMat");
    find(matrix_set, "XGDMatrixSetFloatInfo");
    find(matrix_free, "XGDMatrixFree");
    find(create, "XGBoosterCreate");
    find(free, "XGBoosterFree");
    find(set, "XGBoosterSetParam");
    find(update, "XGBoosterUpdateOneIter");
    find(boost, "XGBoosterBoostOneIter");
    find(predict, "XGBoosterPredictFromDMatrix");
    find(slice, "XGBoosterSlice");
    find(save, "XGBoosterSaveModelToBuffer");
    find(load, "XGBoosterLoadModelFromBuffer");
  }
};

const Library& library() {
  static const Library loaded;
  return loaded;
}

// The library's first line; what follows is its own stack.
Result<void> checked(int status) {
  if (status == 0) return {};
  std::string message = library().last_error();
  message = message.substr(0, message.find('\n'));
  return fail(Code::internal, "XGBoost: {}", message);
}

std::shared_ptr<void> owned_booster(BoosterHandle handle) {
  return {handle, [](void* booster) { library().free(booster); }};
}

}  // namespace

Result<BoostedMatrix> BoostedMatrix::of(std::span<const float> values, std::size_t width) {
  if (!library().why_not.empty()) return fail(Code::unsupported, "{}", library().why_not);
  BoostedMatrix matrix;
  matrix.rows_ = values.size() / width;
  DMatrixHandle handle = nullptr;
  if (auto made = checked(library().matrix_create(
          values.data(), matrix.rows_, width, std::numeric_limits<float>::quiet_NaN(), &handle));
      !made)
    return fail(made.error());
  matrix.handle_ = {handle, [](void* rows) { library().matrix_free(rows); }};
  return matrix;
}

Result<void> BoostedMatrix::set(const char* field, std::span<const float> numbers) {
  return checked(library().matrix_set(handle(), field, numbers.data(), numbers.size()));
}

Result<Booster> Booster::create(std::span<const BoostedMatrix> known, const Settings& settings) {
  std::vector<DMatrixHandle> handles;
  for (const BoostedMatrix& matrix : known) handles.push_back(matrix.handle());
  BoosterHandle handle = nullptr;
  if (auto made = checked(library().create(handles.data(), handles.size(), &handle)); !made)
    return fail(made.error());
  Booster booster;
  booster.handle_ = owned_booster(handle);
  for (const auto& [name, value] : settings)
    if (auto set = checked(library().set(handle, name.c_str(), value.c_str())); !set)
      return fail(set.error());
  return booster;
}

Result<Booster> Booster::load(std::string_view serialized) {
  auto booster = create({}, {{"nthread", "1"}, {"verbosity", "0"}});
  if (!booster) return booster;
  if (auto read =
          checked(library().load(booster->handle_.get(), serialized.data(), serialized.size()));
      !read)
    return fail(read.error());
  if (auto set = checked(library().set(booster->handle_.get(), "nthread", "1")); !set)
    return fail(set.error());
  return booster;
}

Result<void> Booster::grow(int round, const BoostedMatrix& train) {
  return checked(library().update(handle_.get(), round, train.handle()));
}

Result<void> Booster::grow(const BoostedMatrix& train, std::vector<float>& gradient,
                           std::vector<float>& curvature) {
  return checked(library().boost(handle_.get(), train.handle(), gradient.data(), curvature.data(),
                                 gradient.size()));
}

Result<std::vector<float>> Booster::predict(const BoostedMatrix& rows, int type) const {
  const std::string config = fmt::format(
      R"({{"type": {}, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false}})",
      type);
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* values = nullptr;
  if (auto done = checked(library().predict(handle_.get(), rows.handle(), config.c_str(), &shape,
                                            &dimensions, &values));
      !done)
    return fail(done.error());
  std::size_t count = 1;
  for (bst_ulong d = 0; d < dimensions; ++d) count *= shape[d];
  return std::vector<float>(values, values + count);
}

Result<std::vector<float>> Booster::margins(const BoostedMatrix& rows) const {
  return predict(rows, 1);
}

Result<std::vector<float>> Booster::contributions(const BoostedMatrix& rows) const {
  return predict(rows, 2);
}

Result<Booster> Booster::first(int rounds) const {
  BoosterHandle handle = nullptr;
  if (auto cut = checked(library().slice(handle_.get(), 0, rounds, 1, &handle)); !cut)
    return fail(cut.error());
  Booster booster;
  booster.handle_ = owned_booster(handle);
  return booster;
}

Result<std::string> Booster::serialized(const char* format) const {
  const std::string config = fmt::format(R"({{"format": "{}"}})", format);
  bst_ulong length = 0;
  const char* bytes = nullptr;
  if (auto saved = checked(library().save(handle_.get(), config.c_str(), &length, &bytes)); !saved)
    return fail(saved.error());
  return std::string(bytes, length);
}

}  // namespace rehearse::models
