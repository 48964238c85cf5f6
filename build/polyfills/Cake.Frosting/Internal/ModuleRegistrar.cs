using Cake.Core.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>Takes what a Cake module registers, and hands it to a service collection.</summary>
internal sealed class ModuleRegistrar : ICakeContainerRegistrar
{
    private readonly List<Registration> _registrations = [];

    public ICakeRegistrationBuilder RegisterInstance<TImplementation>(TImplementation instance)
        where TImplementation : class =>
        Add(new Registration(typeof(TImplementation)) { Instance = instance, Lifetime = ServiceLifetime.Singleton });

    public ICakeRegistrationBuilder RegisterType(Type type) => Add(new Registration(type));

    public void MoveTo(IServiceCollection services)
    {
        foreach (var registration in _registrations)
            services.Add(registration.ToDescriptor());
    }

    private Registration Add(Registration registration)
    {
        _registrations.Add(registration);
        return registration;
    }

    private sealed class Registration(Type implementation) : ICakeRegistrationBuilder
    {
        private Type? _service;

        public object? Instance { get; init; }

        public ServiceLifetime Lifetime { get; set; } = ServiceLifetime.Transient;

        public ServiceDescriptor ToDescriptor() =>
            Instance is { } instance
                ? ServiceDescriptor.Describe(_service ?? implementation, _ => instance, Lifetime)
                : ServiceDescriptor.Describe(_service ?? implementation, implementation, Lifetime);

        public ICakeRegistrationBuilder As(Type type)
        {
            _service = type;
            return this;
        }

        public ICakeRegistrationBuilder AsSelf() => As(implementation);

        public ICakeRegistrationBuilder Singleton()
        {
            Lifetime = ServiceLifetime.Singleton;
            return this;
        }

        public ICakeRegistrationBuilder Transient()
        {
            Lifetime = ServiceLifetime.Transient;
            return this;
        }
    }
}
