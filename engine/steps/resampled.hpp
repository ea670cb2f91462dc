// SPDX-License-Identifier: GPL-3.0-or-later
//
// A metric of a model's predictions as a statistic of rows, for resampling.
#pragma once

#include "engine/steps/marshal.hpp"
#include "engine/validation/bootstrap.hpp"

namespace rehearse::steps {

// `rows` must outlive it.
validation::Statistic resampled_metric(const Judged& rows, std::string metric);

}  // namespace rehearse::steps
