/**
 * From a service's model to its files: ordered steps, each with its tests, its code, its check and its way back.
 *
 * <p>Entry point: {@link dev.saywhen.adapter.blueprint.service.ServiceBlueprint}. The text of every file is a Qute
 * template under {@code blueprint/}; what things are called and which type they have is decided here. Nothing is
 * written: files are values.
 *
 * <p>May depend on: {@code blueprint.model}, {@code plan}, Qute.
 */
@NullMarked
package dev.saywhen.adapter.blueprint.service;

import org.jspecify.annotations.NullMarked;
